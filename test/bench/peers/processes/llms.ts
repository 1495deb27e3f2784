/** `@musistudio/llms` as a server: port, upstream and the folder it is installed in are arguments. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [port = '', upstreamPort = '', folder = ''] = process.argv.slice(2);
const { default: Server } = createRequire(join(folder, 'package.json'))('@musistudio/llms') as {
  default: new (options: object) => { start(): Promise<void> };
};
const server = new Server({
  logger: false, // It writes a line for each step of each request; the comparison is without.
  initialConfig: {
    PORT: port,
    HOST: '127.0.0.1',
    providers: [
      {
        name: 'upstream',
        api_base_url: `http://127.0.0.1:${upstreamPort}/api/v1/chat/completions`,
        api_key: 'none',
        models: ['openai/gpt-5-mini'],
      },
    ],
  },
});
await server.start();

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../contestant.ts';
import { signUp } from '../sign-up.ts';
import type { Launcher } from './launch.ts';
import { toQuestion, type Door, type Script } from './load/question.ts';
import type { Question } from './load/tasks.ts';
import { writeNginxConfiguration } from './nginx.ts';

/** Whoever answers the questions. */
export interface Contestant {
  name: string;
  /** `null` for the upstream asked directly, which is nobody's overhead. */
  pid: number | null;
  door: Door;
  ask: (script: Script) => Question;
  /** Called before each round: credentials may have come to their end. */
  renew: () => Promise<void>;
}

export const DIRECT = 'direct';
export const NGINX = 'nginx';
export const PIPE = 'Node pipe';
export const OURS = 'this server';
export const PORTKEY = 'Portkey';
export const LLMS = 'llms';

const MODEL = 'openai/gpt-5-mini';
const UPSTREAM_PATH = '/api/v1/chat/completions';
const FROM_SOURCE = '--conditions=@openrouter-native/source';
const NGINX_PROGRAM = '/usr/sbin/nginx';

const aSecret = (bytes: number) => randomBytes(bytes).toString('hex');
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The scripted upstream. @returns Its port. */
export async function startUpstream(launcher: Launcher): Promise<number> {
  const port = await freePort();
  const args = [FROM_SOURCE, here('./processes/upstream.ts'), String(port)];
  await launcher.node('upstream', { args, port });
  return port;
}

/**
 * Starts everybody in front of one upstream.
 *
 * @param folder - Takes configuration and data.
 * @param peers - Holds the installed gateways.
 */
export async function startContestants(
  launcher: Launcher,
  { folder, peers, upstreamPort }: { folder: string; peers: string; upstreamPort: number },
): Promise<Contestant[]> {
  const base = `http://127.0.0.1:${upstreamPort}/api/v1`;

  async function nginx(): Promise<Contestant> {
    const port = await freePort();
    const file = await writeNginxConfiguration(folder, { port, upstreamPort });
    const { pid } = await launcher.run(NGINX, NGINX_PROGRAM, {
      args: ['-p', folder, '-c', file],
      port,
    });
    return contestant(NGINX, pid, { port, path: UPSTREAM_PATH });
  }

  async function pipe(): Promise<Contestant> {
    const port = await freePort();
    const args = [here('../bare-pipe.ts'), String(port), String(upstreamPort)];
    const { pid } = await launcher.node(PIPE, { args, port });
    return contestant(PIPE, pid, { port, path: UPSTREAM_PATH });
  }

  async function portkey(): Promise<Contestant> {
    const port = await freePort();
    const { pid } = await launcher.node(PORTKEY, {
      args: [
        `--import=${new URL('./processes/portkey-on-loopback.ts', import.meta.url).href}`,
        join(peers, 'node_modules/@portkey-ai/gateway/build/start-server.js'),
        `--port=${port}`,
        '--headless',
      ],
      env: { NODE_ENV: 'production' },
      port,
    });
    const headers = {
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': base,
      Authorization: 'Bearer none',
    };
    return contestant(PORTKEY, pid, { port, path: '/v1/chat/completions', headers });
  }

  async function llms(): Promise<Contestant> {
    const port = await freePort();
    const args = [here('./processes/llms.ts'), String(port), String(upstreamPort), peers];
    const env = { NODE_ENV: 'production' };
    const { pid } = await launcher.node(LLMS, { args, env, port });
    const path = '/v1/chat/completions';
    return contestant(LLMS, pid, { port, path, model: `upstream,${MODEL}` });
  }

  async function ours(): Promise<Contestant> {
    const port = await freePort();
    const { pid } = await launcher.node(OURS, {
      args: [FROM_SOURCE, here('../../../api/server/index.ts')],
      env: {
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: join(folder, 'data'),
        JWT_SECRET: aSecret(32),
        JWT_REFRESH_SECRET: aSecret(32),
        CREDS_KEY: aSecret(32),
        CREDS_IV: aSecret(16),
        OPENROUTER_API_KEY: `sk-or-v1-${'0'.repeat(64)}`,
        OPENROUTER_BASE_URL: base,
        OPENROUTER_CACHE_DIR: join(folder, 'cache'),
        DEBUG: 'openrouter:*', // A record of each answer: model, ending, reason.
      },
      port,
    });
    const path = '/api/openrouter/chat/completions';
    const server = contestant(OURS, pid, { port, path });
    server.renew = async () => {
      server.door.headers = { Authorization: `Bearer ${await signUp(port)}` };
    };
    await server.renew();
    return server;
  }

  const direct = contestant(DIRECT, undefined, { port: upstreamPort, path: UPSTREAM_PATH });
  return [direct, ...(await Promise.all([nginx(), pipe(), ours(), portkey(), llms()]))];
}

function contestant(
  name: string,
  pid: number | undefined,
  rest: Pick<Door, 'port' | 'path'> & Partial<Door>,
): Contestant {
  const door: Door = { headers: {}, model: MODEL, ...rest };
  return {
    name,
    pid: pid ?? null,
    door,
    ask: (script) => toQuestion(door, script),
    renew: async () => undefined,
  };
}

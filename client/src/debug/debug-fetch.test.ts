import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDebugFetch } from './debug-fetch.ts';

const SECRET = 'sk-or-v1-planted-secret';
const frames = [
  `id: 1\ndata: {"type":"text-delta","text":"${SECRET}"}\n\n`,
  ': heartbeat\n\n',
  `id: ${SECRET}\ndata: {"type":"${SECRET}"}\n\n`,
  `data: {"choices":[{"delta":{"content":"${SECRET}"}}]}\n\ndata: [DO`,
  'NE]\n\n',
];

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url?.startsWith('/api/stream') !== true) {
      const headers = { 'X-Cache': 'HIT', 'X-Request-Id': 'r-1', 'Set-Cookie': SECRET };
      response.writeHead(402, headers).end(SECRET);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const frame of frames) response.write(frame);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function watch(patterns: string | null) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  return { lines, fetch: createDebugFetch({ fetch, patterns, log, now: () => 0 }) };
}

it('tells method, path, status, time, cache state and request id, and nothing that was written', async () => {
  const { lines, fetch: watched } = watch('openrouter:*');

  await watched(`${origin}/api/convos?search=${SECRET}&cursor=${SECRET}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${SECRET}` },
    body: SECRET,
  });

  expect(lines).toEqual([
    'openrouter:http POST /api/convos?search&cursor 402 0 ms x-cache=HIT x-request-id=r-1',
  ]);
});

it('tells type, id and size of each event, and hands the stream on as it came', async () => {
  const { lines, fetch: watched } = watch('openrouter:stream');

  const response = await watched(`${origin}/api/stream`);

  expect(await response.text()).toBe(frames.join(''));
  expect(lines.map((line) => line.replace('openrouter:stream GET /api/stream ', ''))).toEqual([
    '#1 text-delta 54 characters',
    'unknown 34 characters',
    'chunk 61 characters',
    'done 6 characters',
    'end of the stream',
  ]);
  expect(lines.join()).not.toContain(SECRET);
});

it('tells that no answer came', async () => {
  const { lines, fetch: watched } = watch('*');
  const signal = AbortSignal.abort();

  await expect(watched(`${origin}/api/models`, { signal })).rejects.toThrow();
  expect(lines).toEqual(['openrouter:http GET /api/models aborted 0 ms']);
});

it.each([[null], [''], ['other:*'], ['openrouter:*,-openrouter:*']])(
  'is silent when told %j',
  async (patterns) => {
    const { lines, fetch: watched } = watch(patterns);

    await (await watched(`${origin}/api/stream`)).text();

    expect(lines).toEqual([]);
  },
);

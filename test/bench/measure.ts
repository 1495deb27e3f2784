import { Pool } from 'undici';
import type { Contestant } from './contestant.ts';

/** What is asked of a contestant, again and again. */
export interface Load {
  path: string;
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

const ORIGIN = (port: number) => `http://127.0.0.1:${port}`;

/** Microseconds of the contestant's CPU per request, at a fixed number of connections. */
export async function cpuPerRequest(
  contestant: Contestant,
  load: Load,
  { requests, connections }: { requests: number; connections: number },
): Promise<number> {
  const pool = new Pool(ORIGIN(contestant.port), { connections });
  const before = await contestant.cpuUs();
  await repeat(requests, connections, () => exchange(pool, load));
  const after = await contestant.cpuUs();
  await pool.destroy();
  return (after - before) / requests;
}

/** Requests answered per second. */
export async function throughput(
  contestant: Contestant,
  load: Load,
  { requests, connections }: { requests: number; connections: number },
): Promise<number> {
  const pool = new Pool(ORIGIN(contestant.port), { connections });
  const start = performance.now();
  await repeat(requests, connections, () => exchange(pool, load));
  const seconds = (performance.now() - start) / 1000;
  await pool.destroy();
  return requests / seconds;
}

/** Milliseconds from sending a request to the first byte of its body, one request at a time. */
export async function firstByteMs(pool: Pool, load: Load): Promise<number> {
  const start = performance.now();
  const { body, statusCode } = await pool.request(load);
  if (statusCode !== 200) throw new Error(`${load.path} answered ${statusCode}`);
  let first = Number.NaN;
  for await (const _chunk of body) {
    if (Number.isNaN(first)) first = performance.now() - start;
  }
  return first;
}

/** Milliseconds from the reader's leaving in mid-stream until upstream sees its connection closed. */
export async function cancelMs(port: number, upstreamPort: number, load: Load): Promise<number> {
  const reader = new Pool(ORIGIN(port), { connections: 1 });
  const upstream = new Pool(ORIGIN(upstreamPort), { connections: 1 });
  const { body } = await reader.request(load);
  await new Promise((resolve) => body.once('data', resolve));
  body.on('error', () => undefined); // The reader's own leaving.
  const left = performance.timeOrigin + performance.now();
  body.destroy();
  let givenUpAt = 0;
  while (givenUpAt < left) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const answer = await upstream.request({ path: '/given-up-at', method: 'GET' });
    givenUpAt = Number(await answer.body.text());
  }
  await Promise.all([reader.destroy(), upstream.destroy()]);
  return givenUpAt - left;
}

async function exchange(pool: Pool, load: Load): Promise<void> {
  const { statusCode, body } = await pool.request(load);
  let last = Buffer.alloc(0) as Buffer;
  for await (const chunk of body as AsyncIterable<Buffer>) last = chunk;
  if (statusCode !== 200) throw new Error(`${load.path} answered ${statusCode}`);
  if (load.body?.includes('"stream":true') && !last.includes('[DONE]')) {
    throw new Error('A stream ended without its terminator');
  }
}

async function repeat(times: number, width: number, run: () => Promise<void>): Promise<void> {
  let left = times;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await run();
    }),
  );
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle - 1)] ?? NaN)) / 2;
}

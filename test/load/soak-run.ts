/**
 * Many readers of streams at once, some of whom leave, and an upstream that fails now and then; all in
 * this process, on loopback. Writes what it counted to standard output, as JSON.
 *
 * Run with `--expose-gc`; the first argument is how many seconds it takes.
 */
import { request, Agent, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLogger } from '@openrouter-native/openrouter';
import { startPluginHost } from '../support/plugin-host.ts';
import { payloadsOf } from '../support/outcome.ts';
import {
  aChunk,
  beginEvents,
  startWireUpstream,
  toBytes,
  type WireExchange,
} from '../support/wire-upstream.ts';
import { READERS, type Soak, type SoakState } from './soak.ts';

const CHUNKS = 20;
const CHUNK_MS = 50;
const WHOLE = Array.from({ length: CHUNKS }, (_, index) => `${index} `).join('');

const seconds = Number(process.argv[2]);
const counts: Soak['counts'] = { asked: 0, complete: 0, failed: 0, left: 0, wrong: [] };
let exchanges = 0;
let records = 0;

/** Every tenth exchange fails, each time in another way and at another place. */
function answer(exchange: WireExchange): void {
  const { model, response, socket } = exchange;
  exchanges += 1;
  running += 1;
  response.once('close', () => (running -= 1));
  const way = exchanges % 10 === 0 ? (exchanges / 10) % 5 : -1;
  if (way === 0) return void socket.resetAndDestroy();
  if (way === 1) return void response.writeHead(502).end('<html>');
  const failsAt = way < 0 ? Infinity : exchanges % CHUNKS;
  let sent = 0;
  beginEvents(response);
  const timer = setInterval(() => {
    if (sent === failsAt) {
      clearInterval(timer);
      if (way === 2) socket.resetAndDestroy();
      else if (way === 3) response.end();
      else response.end(toBytes([JSON.stringify({ error: { code: 502, message: 'Lost' } })]));
    } else if (sent < CHUNKS) {
      response.write(toBytes([aChunk(model, { content: `${sent} ` })]));
    } else {
      clearInterval(timer);
      response.end(toBytes([aChunk(model, {}, { finish_reason: 'stop' }), '[DONE]']));
    }
    sent += 1;
  }, CHUNK_MS);
  response.once('close', () => clearInterval(timer));
}

let running = 0;
const upstream = await startWireUpstream(() => answer);
const host = await startPluginHost({
  client: { baseURL: upstream.url, retry: { retries: 1, baseMs: 20 } },
  plugin: {
    logger: {
      ...silentLogger,
      debug(message) {
        if (message.includes('Answered')) records += 1;
      },
    },
  },
});
const agent = new Agent({ keepAlive: true });

function post(): Promise<{ response: IncomingMessage; leave: () => void }> {
  const body = { model: 'a/b', stream: true, messages: [{ role: 'user', content: 'Count.' }] };
  return new Promise((resolve, reject) => {
    const call = request(`${host.url}/chat/completions`, {
      method: 'POST',
      agent,
      headers: { 'Content-Type': 'application/json' },
    });
    call.on('response', (response) => resolve({ response, leave: () => call.destroy() }));
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}

/** One request: read to its end, or left somewhere in the middle. */
async function readOnce(): Promise<void> {
  const leavesAfterMs = Math.random() < 1 / 3 ? Math.random() * CHUNKS * CHUNK_MS : Infinity;
  counts.asked += 1;
  const { response, leave } = await post();
  let text = '';
  let hasLeft = false;
  const timer =
    leavesAfterMs < Infinity
      ? setTimeout(() => {
          hasLeft = true;
          leave();
        }, leavesAfterMs)
      : undefined;
  try {
    for await (const piece of response) text += String(piece);
  } catch (error) {
    if (!hasLeft) throw error;
  }
  clearTimeout(timer);
  if (hasLeft) counts.left += 1;
  else judge(response.statusCode, text);
}

function judge(status: number | undefined, text: string): void {
  if (status !== 200) {
    if (JSON.parse(text).error?.reason) counts.failed += 1;
    else counts.wrong.push(`status ${status}: ${text.slice(0, 80)}`);
    return;
  }
  const payloads = payloadsOf(text);
  const chunks = payloads.slice(0, -1).map((payload) => JSON.parse(payload));
  const said = chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join('');
  const errors = chunks.filter(({ error }) => error).length;
  const ends = payloads.filter((payload) => payload === '[DONE]').length;
  const isProper = payloads.at(-1) === '[DONE]' && ends === 1 && WHOLE.startsWith(said);
  if (isProper && errors === 0 && said === WHOLE) counts.complete += 1;
  else if (isProper && errors === 1) counts.failed += 1;
  else counts.wrong.push(`${ends} ends, ${errors} errors: ${said}`);
}

async function readFor(ms: number): Promise<SoakState> {
  const until = performance.now() + ms;
  const readers = Array.from({ length: READERS }, async () => {
    while (performance.now() < until) await readOnce();
  });
  await Promise.all(readers);
  await wait(300); // Upstream hears of the last ones that left.
  globalThis.gc?.();
  await wait(50);
  globalThis.gc?.();
  return {
    heapBytes: process.memoryUsage().heapUsed,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    sockets: upstream.openConnections(),
    running,
  };
}

const before = await readFor((seconds * 1_000) / 3);
const after = await readFor((seconds * 2_000) / 3);
agent.destroy();
await host.close();
await wait(100);
const socketsAtTheEnd = upstream.openConnections();
await upstream.close();

const result: Soak = { counts, exchanges, records, before, after, socketsAtTheEnd };
process.stdout.write(JSON.stringify(result));

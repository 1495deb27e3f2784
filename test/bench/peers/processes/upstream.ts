/**
 * The scripted upstream. A question that holds `script:NAME` gets the answer of that name; the head of
 * a stream is Node's, its chunks are written ready-made to the socket, so that this process is never
 * what limits a contestant.
 */
import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCRIPTED_CHUNKS, TOKEN_MARK } from '../script.ts';

const TOKENS_PER_SECOND = 100;
const CUT_AFTER_MS = 20;
const SPLIT_PAUSE_MS = 20;
const id = 'gen-1790000000-AbCdEfGhIjKlMnOpQrSt';
const model = 'openai/gpt-5-mini-2025-08-07';
const head = {
  id,
  object: 'chat.completion.chunk',
  created: 1790000000,
  model,
  provider: 'OpenAI',
};
const usage = {
  prompt_tokens: 12,
  completion_tokens: SCRIPTED_CHUNKS,
  total_tokens: SCRIPTED_CHUNKS + 12,
  cost: 0.000203,
  is_byok: false,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};
const event = (payload: object) => `data: ${JSON.stringify(payload)}\n\n`;
const choice = (content: string, finish_reason: string | null) => ({
  index: 0,
  delta: { role: 'assistant', content },
  finish_reason,
  native_finish_reason: finish_reason,
  logprobs: null,
});
const word = (content: string) => event({ ...head, choices: [choice(content, null)] });
const finish = event({ ...head, choices: [choice('', 'stop')] });
const last = `${event({ ...head, choices: [choice('', 'stop')], usage })}data: [DONE]\n\n`;
const failure = (finish_reason: string) =>
  event({
    ...head,
    error: { code: 502, message: 'The provider lost its connection' },
    choices: [choice('', finish_reason)],
  });

/** Text as one chunk of HTTP's own chunked encoding. */
const framed = (text: string | Buffer) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
};
const token = framed(word(` word${TOKEN_MARK}`));
const ending = framed(finish + last);

const completion = Buffer.from(
  JSON.stringify({
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        native_finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content: ' word'.repeat(100), refusal: null },
      },
    ],
    usage,
  }),
);
const refusals: Record<string, object> = {
  402: { code: 402, message: 'Insufficient credits. Add more at the settings.' },
  403: {
    code: 403,
    message: 'Your input was flagged',
    metadata: { reasons: ['violence'], flagged_input: 'x', provider_name: 'OpenAI' },
  },
  429: { code: 429, message: 'Rate limit exceeded: free-models-per-day' },
};
const catalogue = readFileSync(
  new URL('../../../../packages/simulator/catalogue/models.json', import.meta.url),
);
const key = Buffer.from(JSON.stringify({ data: { limit: 10, limit_remaining: 5, usage: 5 } }));

function json(response: ServerResponse, body: Buffer, status = 200, headers = {}): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ...headers,
  });
  response.end(body);
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Generation-Id': id });
  response.flushHeaders();
}

/** {@link SCRIPTED_CHUNKS} chunks one after the other, each written by itself, without a pause. */
function streamAtOnce(response: ServerResponse): void {
  begin(response);
  for (let sent = 0; sent < SCRIPTED_CHUNKS; sent += 1) response.socket?.write(token);
  response.socket?.write(ending);
  response.end();
}

/** Endless answers at the pace of a model; each slot writes in a millisecond of its own. */
const slots = Array.from({ length: 1000 / TOKENS_PER_SECOND }, () => new Set<ServerResponse>());
let place = 0;
let nextTick = performance.now();

setInterval(function tick() {
  for (const now = performance.now(); nextTick < now; nextTick += 1) {
    place = (place + 1) % slots.length;
    for (const { socket } of slots[place] ?? []) {
      // A contestant that cannot keep up gets fewer tokens, not more memory.
      if (socket && !socket.writableNeedDrain) socket.write(token);
    }
  }
}, 1);

let readers = 0;
function streamPaced(response: ServerResponse): void {
  begin(response);
  const slot = slots[readers++ % slots.length];
  slot?.add(response);
  response.on('close', () => slot?.delete(response));
}

/** Ends what some contestants go on reading for nobody. */
function endPaced(): void {
  for (const slot of slots) {
    for (const response of slot) {
      response.socket?.write(ending);
      response.end();
    }
    slot.clear();
  }
}

/** Epoch milliseconds at which each silent stream was given up, by its number. */
const givenUpAt = new Map<string, number>();

function streamSilent(response: ServerResponse, number: string): void {
  begin(response);
  response.socket?.write(token);
  response.on('close', () => givenUpAt.set(number, performance.timeOrigin + performance.now()));
}

const scripts: Record<string, (response: ServerResponse) => unknown> = {
  json: (response) => json(response, completion),
  stream: streamAtOnce,
  paced: streamPaced,
  /** The connection breaks in the middle of an answer. */
  async cut(response) {
    begin(response);
    response.write(word('It was') + word(' the best'));
    await sleep(CUT_AFTER_MS);
    response.destroy();
  },
  /** The body ends as HTTP demands, and the answer does not. */
  async short(response) {
    begin(response);
    response.write(word('It was') + word(' the best'));
    await sleep(CUT_AFTER_MS);
    response.end();
  },
  async 'late-error'(response) {
    begin(response);
    response.write(word('It was') + word(' the best'));
    await sleep(CUT_AFTER_MS);
    response.end(`${failure('error')}data: [DONE]\n\n`);
  },
  'first-error'(response) {
    begin(response);
    response.end(`${failure('error')}data: [DONE]\n\n`);
  },
  /** The bytes of one character arrive apart, and so do the halves of a field name. */
  async split(response) {
    begin(response);
    const bytes = Buffer.from(word('Grüße 👋🏽 世界') + finish + last);
    for (const at of [4, ...charactersIn(bytes), bytes.length].map((end, index, ends) => [
      ends[index - 1] ?? 0,
      end,
    ])) {
      response.write(bytes.subarray(...at));
      await sleep(SPLIT_PAUSE_MS);
    }
    response.end();
  },
};

/** Places in the middle of each character of several bytes. */
function charactersIn(bytes: Buffer): number[] {
  return [...bytes.keys()].filter((at) => at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80);
}

function answer(response: ServerResponse, body: string): void {
  const name = /script:([\w-]+)/.exec(body)?.[1] ?? 'json';
  const [kind, number = ''] = name.split('_');
  if (kind === 'silent') return streamSilent(response, number);
  const refusal = refusals[name];
  if (refusal) {
    const headers = name === '429' ? { 'Retry-After': '30' } : {};
    return json(response, Buffer.from(JSON.stringify({ error: refusal })), Number(name), headers);
  }
  void scripts[name]?.(response);
}

const server = createServer((request, response) => {
  if (request.url?.endsWith('/models')) return json(response, catalogue);
  if (request.url?.endsWith('/key')) return json(response, key);
  if (request.url === '/end-paced') {
    endPaced();
    return json(response, Buffer.from('null'));
  }
  if (request.url?.startsWith('/given-up-at/')) {
    const at = givenUpAt.get(request.url.slice('/given-up-at/'.length)) ?? null;
    return json(response, Buffer.from(JSON.stringify(at)));
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => (body += text));
  request.on('end', () => answer(response, body));
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');

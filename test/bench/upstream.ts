/**
 * The fixed upstream: the same answer to every chat request, as JSON or as a stream of 100 chunks, at
 * once or one by one, and the catalogue of the simulator.
 */
import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

const CHUNKS = 100;
/** A question with this word in it is never answered to the end. */
const ENDLESS = 'endless';
/** A question with this word in it is answered at the pace of a model, not at once. */
const PACED = 'slowly';
const PACE_MS = 2;
const id = 'gen-1790000000-AbCdEfGhIjKlMnOpQrSt';
const model = 'openai/gpt-5-mini-2025-08-07';
const usage = {
  prompt_tokens: 12,
  completion_tokens: CHUNKS,
  total_tokens: CHUNKS + 12,
  cost: 0.000203,
  is_byok: false,
  prompt_tokens_details: { cached_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0 },
};
const chunk = (content: string, finish_reason: string | null, extra = {}) =>
  `data: ${JSON.stringify({
    id,
    object: 'chat.completion.chunk',
    created: 1790000000,
    model,
    provider: 'OpenAI',
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content },
        finish_reason,
        native_finish_reason: finish_reason,
        logprobs: null,
      },
    ],
    ...extra,
  })}\n\n`;
const frames = [
  ...Array.from({ length: CHUNKS }, (_, index) => chunk(` word${index}`, null)),
  chunk('', 'stop'),
  `${chunk('', 'stop', { usage })}data: [DONE]\n\n`,
];
const completion = Buffer.from(
  JSON.stringify({
    id,
    object: 'chat.completion',
    created: 1790000000,
    model,
    provider: 'OpenAI',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        native_finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content: ' word'.repeat(CHUNKS), refusal: null },
      },
    ],
    usage,
  }),
);
const catalogue = readFileSync(
  new URL('../../packages/simulator/catalogue/models.json', import.meta.url),
);
const key = Buffer.from(JSON.stringify({ data: { limit: 10, limit_remaining: 5, usage: 5 } }));

/** Epoch milliseconds at which the last endless stream was given up by its reader. */
let givenUpAt = 0;

/** One word and then silence, until the reader leaves. */
function endless(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Generation-Id': id });
  response.write(frames[0]);
  response.on('close', () => (givenUpAt = performance.timeOrigin + performance.now()));
}

async function stream(response: ServerResponse, pause: () => Promise<unknown>): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Generation-Id': id });
  for (const frame of frames) {
    if (response.destroyed) return;
    response.write(frame);
    await pause();
  }
  response.end();
}

function json(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}

const server = createServer((request, response) => {
  if (request.url?.endsWith('/models')) return json(response, catalogue);
  if (request.url?.endsWith('/key')) return json(response, key);
  if (request.url === '/given-up-at') return json(response, Buffer.from(String(givenUpAt)));
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => (body += text));
  request.on('end', () => {
    if (body.includes(ENDLESS)) endless(response);
    else if (body.includes(PACED)) void stream(response, () => sleep(PACE_MS));
    else if (body.includes('"stream":true')) void stream(response, () => nextTurn());
    else json(response, completion);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');

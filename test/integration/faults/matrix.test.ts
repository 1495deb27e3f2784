import { gzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import { outcomeOf } from '../../support/outcome.ts';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';
import { until } from '../../support/wait.ts';
import {
  aChunk,
  anAnswer,
  answerWell,
  aStream,
  beginEvents,
  startWireUpstream,
  toBytes,
  type Wire,
  type WireExchange,
  type WireUpstream,
} from '../../support/wire-upstream.ts';

const TEN_MILLION = 10_000_000;
const LIMIT_MS = 200; // Of silence; undici's clock is exact to a second.

/** Sends these bytes in the form that was asked for, or begins to. */
const half = ({ model, body, response }: WireExchange): void => {
  if (body['stream'] === true) {
    beginEvents(response);
    response.write(toBytes([aChunk(model, { content: 'Half' })]));
  } else {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write(JSON.stringify(anAnswer(model, 'Half')).slice(0, 50));
  }
};
const proper = ({ model, body }: WireExchange): Buffer =>
  body['stream'] === true
    ? toBytes(aStream(model, 'All ', 'is well.'))
    : Buffer.from(JSON.stringify(anAnswer(model, 'All is well.')));
const typeOf = ({ body }: WireExchange) =>
  body['stream'] === true ? 'text/event-stream' : 'application/json';
const send =
  (status: number, type: string, text: string): Wire =>
  ({ response }) =>
    response.writeHead(status, { 'Content-Type': type }).end(text);
/** An event stream, whatever was asked for: as an answer in JSON it cannot be read. */
const events =
  (payloadsFor: (model: string) => string[]): Wire =>
  ({ model, response }) => {
    beginEvents(response);
    response.end(toBytes(payloadsFor(model)));
  };
/** What had come before the error, and the error, in the form that was asked for. */
const broken =
  (chunk: (model: string) => string, choice: object): Wire =>
  ({ model, body, response }) => {
    if (body['stream'] === true) {
      beginEvents(response);
      response.end(toBytes([aChunk(model, { content: 'Half' }), chunk(model)]));
    } else response.end(JSON.stringify(anAnswer(model, 'Half', { ...choice })));
  };
const lost = { code: 502, message: 'Provider disconnected' };

const WELL = '"All is well." stop, ';
const MODEL = 'odd/model';
const OTHER = `${WELL}good/model`;
const BACKUP = `${WELL}own-name`;
const SAME = `${WELL}${MODEL}`;

interface Row {
  fault: string;
  wire: Wire | 'refused';
  /** What comes of it as JSON, and as a stream. */
  alone: [string, string];
  /** The same when there are other models, and a direct provider. */
  withFallback: [string, string];
}

const table: Row[] = [
  {
    fault: 'refused',
    wire: 'refused',
    alone: ['503 upstream_unreachable', '503 upstream_unreachable'],
    withFallback: [BACKUP, BACKUP],
  },
  {
    fault: 'reset before headers',
    wire: ({ socket }) => socket.resetAndDestroy(),
    alone: ['503 upstream_unreachable', '503 upstream_unreachable'],
    withFallback: [BACKUP, BACKUP],
  },
  {
    fault: 'reset in mid-body',
    wire: (exchange) => {
      half(exchange);
      setTimeout(() => exchange.socket.resetAndDestroy(), 30);
    },
    alone: ['503 upstream_unreachable', '"Half" stream_cut'],
    withFallback: [BACKUP, '"Half" stream_cut'],
  },
  {
    fault: 'slow headers',
    wire: () => undefined,
    alone: ['504 upstream_timeout', '504 upstream_timeout'],
    withFallback: [OTHER, OTHER],
  },
  {
    fault: 'drip',
    wire: async (exchange) => {
      exchange.response.writeHead(200, { 'Content-Type': typeOf(exchange) });
      for (const byte of proper(exchange)) {
        exchange.response.write(Buffer.of(byte));
        if (byte % 4 === 0) await wait(1);
      }
      exchange.response.end();
    },
    alone: [SAME, SAME],
    withFallback: [SAME, SAME],
  },
  {
    fault: 'stall in mid-body',
    wire: half,
    alone: ['504 upstream_timeout', '"Half" stream_stalled'],
    withFallback: [OTHER, '"Half" stream_stalled'],
  },
  {
    fault: 'HTML 502',
    wire: send(502, 'text/html', '<html><title>502 Bad Gateway</title></html>'),
    alone: ['502 provider_error', '502 provider_error'],
    withFallback: [OTHER, OTHER],
  },
  {
    fault: 'gzip',
    wire: (exchange) => {
      const headers = { 'Content-Type': typeOf(exchange), 'Content-Encoding': 'gzip' };
      exchange.response.writeHead(200, headers).end(gzipSync(proper(exchange)));
    },
    alone: [SAME, SAME],
    withFallback: [SAME, SAME],
  },
  {
    fault: 'truncated gzip',
    wire: (exchange) => {
      const headers = { 'Content-Type': typeOf(exchange), 'Content-Encoding': 'gzip' };
      exchange.response.writeHead(200, headers).end(gzipSync(proper(exchange)).subarray(0, 30));
    },
    alone: ['502 malformed_response', '502 stream_cut'],
    withFallback: [OTHER, OTHER],
  },
  {
    fault: 'wrong content type',
    wire: (exchange) => send(200, 'text/plain', proper(exchange).toString())(exchange),
    alone: [SAME, '502 malformed_response'],
    withFallback: [SAME, OTHER],
  },
  {
    fault: 'empty 200',
    wire: (exchange) => send(200, typeOf(exchange), '')(exchange),
    alone: ['502 malformed_response', '502 stream_cut'],
    withFallback: [OTHER, OTHER],
  },
  {
    fault: '200 with error',
    wire: send(200, 'application/json', JSON.stringify({ error: { code: 503, message: 'Full' } })),
    alone: ['503 provider_overloaded', '503 provider_overloaded'],
    withFallback: [OTHER, OTHER],
  },
  {
    fault: 'error in mid-answer, as documented',
    wire: broken((model) => aChunk(model, {}, { finish_reason: 'error' }, { error: lost }), {
      finish_reason: 'error',
      error: lost,
    }),
    alone: [`"Half" error, ${MODEL}`, '"Half" provider_error'],
    withFallback: [`"Half" error, ${MODEL}`, '"Half" provider_error'],
  },
  {
    fault: 'error in mid-answer, without choices',
    wire: events((model) => [
      aChunk(model, { content: 'Half' }),
      JSON.stringify({ error: lost, choices: [] }),
    ]),
    alone: ['502 malformed_response', '"Half" provider_error'],
    withFallback: [OTHER, '"Half" provider_error'],
  },
  {
    fault: "error in mid-answer, in the provider's word alone",
    wire: broken((model) => aChunk(model, {}, { native_finish_reason: 'network_error' }), {
      finish_reason: null,
      native_finish_reason: 'network_error',
    }),
    alone: [`"Half" error, ${MODEL}`, '"Half" provider_error'],
    withFallback: [`"Half" error, ${MODEL}`, '"Half" provider_error'],
  },
  {
    fault: 'doubled finish chunk',
    wire: events((model) => [
      aChunk(model, { content: 'All is well.' }),
      ...Array.from({ length: 3 }, () => aChunk(model, {}, { finish_reason: 'stop' })),
      '[DONE]',
    ]),
    alone: ['502 malformed_response', SAME],
    withFallback: [OTHER, SAME],
  },
  {
    fault: 'doubled [DONE]',
    wire: events((model) => [...aStream(model, 'All is well.'), '[DONE]']),
    alone: ['502 malformed_response', SAME],
    withFallback: [OTHER, SAME],
  },
  {
    fault: 'missing [DONE]',
    wire: events((model) => aStream(model, 'All is well.').slice(0, -1)),
    alone: ['502 malformed_response', '"All is well." stream_cut'],
    withFallback: [OTHER, '"All is well." stream_cut'],
  },
  {
    fault: 'an event of ten million characters',
    wire: ({ model, body, response }) => {
      const text = 'x'.repeat(TEN_MILLION);
      if (body['stream'] === true) {
        beginEvents(response);
        response.end(toBytes(aStream(model, text)));
      } else response.end(JSON.stringify(anAnswer(model, text)));
    },
    alone: [`${TEN_MILLION} characters stop, ${MODEL}`, `${TEN_MILLION} characters stop, ${MODEL}`],
    withFallback: [
      `${TEN_MILLION} characters stop, ${MODEL}`,
      `${TEN_MILLION} characters stop, ${MODEL}`,
    ],
  },
  {
    fault: 'an event that is no JSON',
    wire: events((model) => [aChunk(model, { content: 'Half' }), '{"choices":[', '[DONE]']),
    alone: ['502 malformed_response', '"Half" malformed_response'],
    withFallback: [OTHER, '"Half" malformed_response'],
  },
  {
    fault: 'unknown events and fields',
    wire: (exchange) => {
      const { model, body, response } = exchange;
      if (body['stream'] !== true) {
        response.end(JSON.stringify({ ...anAnswer(model, 'All is well.'), zebra: [{}] }));
        return;
      }
      beginEvents(response);
      response.write('event: ping\nid: 7\nretry: 10\n\n: comment\n\nzebra\n\n');
      response.write(toBytes(['{"type":"response.created","zebra":{}}', '{}']));
      response.end(proper(exchange));
    },
    alone: [SAME, SAME],
    withFallback: [SAME, SAME],
  },
];

const wires = new Map<string, Wire | 'refused'>();
let upstream: WireUpstream;
let backup: WireUpstream;
let host: PluginHost;

beforeAll(async () => {
  upstream = await startWireUpstream((model) => {
    const wire = wires.get(model);
    return typeof wire === 'function' ? wire : answerWell;
  });
  backup = await startWireUpstream(() => answerWell);
  host = await startPluginHost({
    client: {
      baseURL: upstream.url,
      timeouts: { answerMs: LIMIT_MS, idleMs: LIMIT_MS },
      circuit: { failures: Infinity },
      directProviders: [
        { name: 'backup', apiKey: null, baseURL: backup.url, models: { 'good/model': 'own-name' } },
      ],
    },
  });
});
afterAll(async () => {
  await host.close();
  await upstream.close();
  await backup.close();
});

const messages = [{ role: 'user', content: 'How is it?' }];
/** OpenRouter falls back among three models by itself; the fourth is our own second call. */
const fallback = { models: ['odd/second', 'odd/third', 'good/model'] };

describe.each(table)('$fault', ({ wire, alone, withFallback }) => {
  beforeAll(async () => {
    wires.set(MODEL, wire);
    if (wire === 'refused') await upstream.down();
  });
  afterAll(async () => {
    if (wire === 'refused') await upstream.up();
    wires.clear();
  });

  it.each([
    ['JSON, alone', { stream: false }, alone[0]],
    ['a stream, alone', { stream: true }, alone[1]],
    ['JSON, with fallback', { stream: false, ...fallback }, withFallback[0]],
    ['a stream, with fallback', { stream: true, ...fallback }, withFallback[1]],
  ])('%s', async (_form, fields, expected) => {
    expect(await outcomeOf(await host.post({ model: MODEL, messages, ...fields }))).toBe(expected);

    if (wire === 'refused') return; // The next fault shows that it answers once it listens again.
    const next = await host.post({ model: 'good/model', messages, stream: fields.stream });
    expect(await outcomeOf(next)).toBe(OTHER);
  });
});

it('after all that, the server answers, and holds no connection that nobody uses', async () => {
  const answers = Array.from({ length: 20 }, async (_, index) =>
    outcomeOf(await host.post({ model: 'good/model', messages, stream: index % 2 === 0 })),
  );

  expect(new Set(await Promise.all(answers))).toEqual(new Set([OTHER]));
  await host.plugin.close();
  await until(() => upstream.openConnections() === 0 && backup.openConnections() === 0);
});

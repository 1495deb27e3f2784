import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { payloadsOf } from '../../support/outcome.ts';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';
import {
  aChunk,
  aStream,
  beginEvents,
  startWireUpstream,
  toBytes,
  type WireUpstream,
} from '../../support/wire-upstream.ts';

const MODEL = 'a/b';
const end = aStream(MODEL);
const callOf = (argumentsText: string) =>
  aChunk(MODEL, {
    tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: argumentsText } }],
  });
const url = `data:image/png;base64,${'A'.repeat(600)}`;
const lost = { code: 502, message: 'Provider disconnected' };

const streams = [
  ['text', [aChunk(MODEL, { role: 'assistant', content: '' }), ...aStream(MODEL, 'Grüß ', '😀!')]],
  ['tools', [callOf('{"a"'), callOf(':1}'), ...end]],
  [
    'reasoning',
    [
      aChunk(MODEL, {
        reasoning: 'Hm',
        reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }],
      }),
      ...aStream(MODEL, 'So'),
    ],
  ],
  ['images', [aChunk(MODEL, { images: [{ type: 'image_url', image_url: { url } }] }), ...end]],
  ['error', [aChunk(MODEL, { content: 'Half' }), JSON.stringify({ error: lost, choices: [] })]],
] as const;

let pieces: readonly Buffer[];
let upstream: WireUpstream;
let host: PluginHost;

beforeAll(async () => {
  upstream = await startWireUpstream(() => async ({ response, socket }) => {
    socket.setNoDelay(true);
    beginEvents(response);
    for (const piece of pieces) {
      response.write(piece);
      await nextTurn();
    }
    response.end();
  });
  host = await startPluginHost({
    client: { baseURL: upstream.url, circuit: { failures: Infinity } },
  });
});
afterAll(async () => {
  await host.close();
  await upstream.close();
});

/** What a reader gets when upstream sends these pieces, but for what differs each time. */
async function received(next: readonly Buffer[]): Promise<string[]> {
  pieces = next;
  const response = await host.post({
    model: MODEL,
    stream: true,
    messages: [{ role: 'user', content: 'Hi' }],
  });
  const told = payloadsOf(await response.text());
  return told.map((payload) =>
    payload.replace(/"(ms|created|request_id)":("[^"]*"|\d+)/g, '"$1":0'),
  );
}

function split(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % bytes.length), bytes.length];
  const sorted = [...new Set(cuts)].toSorted((one, other) => one - other);
  return sorted.slice(1).map((to, index) => bytes.subarray(sorted[index], to));
}

describe.each(streams)('a stream of %s', (_kind, payloads) => {
  it('reaches its reader the same in whatever pieces, line breaks and company it comes', async () => {
    const bytes = toBytes(payloads);
    const whole = await received([bytes]);
    const aDisguise = fc.record({
      lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
      mark: fc.constantFrom('', '\uFEFF'),
      company: fc.constantFrom('', ': OPENROUTER PROCESSING\n\n', ':\n', 'event: message\nid: 7\n'),
    });

    expect(whole).toContain(payloads[0]);
    await fc.assert(
      fc.asyncProperty(
        aDisguise,
        fc.array(fc.nat(), { maxLength: 12 }),
        async (disguise, places) => {
          const text = bytes
            .toString()
            .replaceAll('data: ', `${disguise.company}data: `)
            .replaceAll('\n', disguise.lineBreak);

          expect(await received(split(Buffer.from(disguise.mark + text), places))).toEqual(whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('reaches its reader the same in five hundred pieces', async () => {
    const bytes = toBytes(payloads);
    const places = Array.from({ length: 500 }, (_, index) => index);

    expect(await received(split(bytes, places))).toEqual(await received([bytes]));
  });
});

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { useClosing } from '../testing/closing.ts';
import { collect } from '../testing/collect.ts';
import { connectTo, openStream } from '../testing/open-stream.ts';
import { aChunk, recordedStreams, TERMINATOR, theEnd, toBytes, usage } from '../testing/streams.ts';
import { beginStream, startUpstream } from '../testing/upstream.ts';
import { until } from '../testing/until.ts';
import type { ChatFrame } from './frame.ts';
import type { ChatStream } from './stream.ts';

const closing = useClosing();

/** An upstream that begins an event stream and leaves the rest to `send`. */
async function connect(
  send: (response: ServerResponse) => unknown,
  headers: Record<string, string> = {},
) {
  const upstream = closing(
    await startUpstream((_request, response) => {
      beginStream(response, headers);
      send(response);
    }),
  );
  const transport = closing(connectTo(upstream.url));
  return { upstream, transport };
}

/** What a reader makes of these payloads. */
async function read(...payloads: string[]) {
  const { transport } = await connect((response) => response.end(toBytes(payloads)));
  return collect(await openStream(transport));
}

async function framesOf(...payloads: string[]): Promise<ChatFrame[]> {
  const { transport } = await connect((response) => response.end(toBytes(payloads)));
  return allFrames(await openStream(transport));
}

async function allFrames(stream: ChatStream): Promise<ChatFrame[]> {
  const frames: ChatFrame[] = [];
  for await (const piece of stream.pieces()) frames.push(...piece);
  return frames;
}

const HI = aChunk({ content: 'Hi' });

describe('a whole stream', () => {
  it.each(recordedStreams)('of $name is read', async ({ bytes, events, ending }) => {
    const { transport } = await connect((response) => response.end(bytes));

    expect(await collect(await openStream(transport))).toMatchObject({ events, ending });
  });

  it.each(recordedStreams)(
    'of $name is read when it is compressed',
    async ({ bytes, events, ending }) => {
      const { transport } = await connect((response) => response.end(gzipSync(bytes)), {
        'Content-Encoding': 'gzip',
      });

      expect(await collect(await openStream(transport))).toMatchObject({ events, ending });
    },
  );

  it('is passed on byte for byte, with what each payload means', async () => {
    const odd = '{ "zeta": 1,  "choices":[{"delta":{"content":"x","new":[ ]}}],"id":"gen-1" }';

    const frames = await framesOf(odd, ...theEnd());

    expect(frames.map((frame) => frame.type === 'payload' && frame.payload)).toEqual([
      odd,
      ...theEnd().slice(0, 2),
      false,
    ]);
    expect(frames[0]).toMatchObject({
      events: [
        { type: 'start', generationId: 'gen-1' },
        { type: 'text-delta', text: 'x' },
      ],
    });
    expect(frames.at(-1)).toMatchObject({
      type: 'end',
      ending: 'complete',
      error: null,
      state: { finishReason: 'stop', usage, generationId: 'gen-1' },
    });
  });

  it('tells its comments apart from its payloads, in whatever form they come', async () => {
    const { transport } = await connect((response) =>
      response.end(
        `: OPENROUTER PROCESSING\n\ndata: : keepalive\n\ndata:\n\n${String(toBytes([HI, ...theEnd()]))}`,
      ),
    );

    const frames = await allFrames(await openStream(transport));

    expect(frames.map(({ type }) => type)).toEqual([
      'comment',
      'comment',
      'comment',
      'payload',
      'payload',
      'payload',
      'end',
    ]);
  });

  it('gives its connection back to the next one', async () => {
    const { transport, upstream } = await connect((response) => {
      response.write(toBytes([HI, ...theEnd()]));
      setTimeout(() => response.end(), 5); // The last bytes come a little later.
    });

    for (let count = 0; count < 3; count += 1) {
      expect(await collect(await openStream(transport))).toMatchObject({ ending: 'complete' });
      await wait(15);
    }

    expect(upstream.connections()).toBe(1);
  });
});

describe('a stream that ends oddly', () => {
  it.each([
    ['with the terminator twice', [HI, ...theEnd(), TERMINATOR], 'complete', null],
    ['with chunks after the terminator', [HI, ...theEnd(), HI], 'complete', null],
    ['without the terminator', [HI, ...theEnd().slice(0, -1)], 'cut', 'stream_cut'],
    ['without a finish reason', [HI, TERMINATOR], 'cut', 'stream_cut'],
    [
      'with a blank finish reason',
      [HI, aChunk({}, { finish_reason: '' }), TERMINATOR],
      'cut',
      'stream_cut',
    ],
    ['with a finish and no content', theEnd(), 'complete', null],
    ['without any event', [], null, 'stream_cut'],
    ['with the terminator alone', [TERMINATOR], null, 'malformed_response'],
    ['with an event that is no JSON', [HI, '{"choices":'], 'failed', 'malformed_response'],
    ['with an event that is no chunk', [HI, '{"choices":7}'], 'failed', 'malformed_response'],
    ['with no JSON from the start', ['<html>'], null, 'malformed_response'],
    ['with events nobody knows', [HI, '{"type":"ping"}', '{}', ...theEnd()], 'complete', null],
  ])('%s', async (_name, payloads, ending, reason) => {
    expect(await read(...payloads)).toMatchObject({ ending, reason });
  });

  it.each([
    ['in the documented form', { error: { code: 502, message: 'Gone' } }, 'provider_error'],
    [
      'with a word for a code',
      { error: { code: 'rate_limit_exceeded', message: 'Slow' } },
      'rate_limited_platform',
    ],
    ['with digits for a code', { error: { code: '503', message: 'Busy' } }, 'provider_overloaded'],
    ['without a code', { error: { message: 'Gone' } }, 'provider_error'],
  ])('with an error %s', async (_name, error, reason) => {
    const documented = aChunk({ content: '' }, { finish_reason: 'error' }, error);
    const emptyChoices = JSON.stringify({ id: 'gen-1', choices: [], ...error });
    const bare = JSON.stringify(error);
    for (const form of [documented, emptyChoices, bare]) {
      for (const last of [[], [TERMINATOR]]) {
        expect(await read(HI, form, ...last)).toMatchObject({
          text: 'Hi',
          ending: 'failed',
          reason,
        });
        expect(await read(form, ...last)).toMatchObject({ text: '', ending: null, reason });
      }
    }
  });

  it.each([
    [aChunk({}, { finish_reason: 'error' })],
    [aChunk({}, { finish_reason: null, native_finish_reason: 'network_error' })],
    [aChunk({}, { error: { code: 502, message: 'x' } })],
  ])('with an error that only %s tells', async (payload) => {
    expect(await read(HI, payload, TERMINATOR)).toMatchObject({
      ending: 'failed',
      reason: 'provider_error',
    });
  });

  it('keeps the words and the usage that come with the error, and passes them on without it', async () => {
    const error = { code: 502, message: 'planted' };
    const last = aChunk(
      { content: ' there' },
      { finish_reason: 'error', native_finish_reason: 'error', error },
      { error, usage },
    );

    const frames = await framesOf(HI, last, TERMINATOR);

    expect(frames[1]).toMatchObject({
      type: 'payload',
      events: [
        { type: 'text-delta', text: ' there' },
        { type: 'usage', usage },
      ],
    });
    expect(JSON.stringify(frames[1])).not.toContain('planted');
    expect(frames[2]).toMatchObject({
      type: 'end',
      ending: 'failed',
      error: { message: 'planted' },
    });
    expect(await read(HI, last)).toMatchObject({ text: 'Hi there', ending: 'failed' });
  });

  it('with an event over the limit', async () => {
    const { transport, upstream } = await connect((response) => {
      response.write(toBytes([HI]));
      response.write(`data: ${'x'.repeat(33 * 1024 * 1024)}`);
    });

    expect(await collect(await openStream(transport))).toMatchObject({
      text: 'Hi',
      ending: 'failed',
      reason: 'malformed_response',
    });
    await until(() => upstream.openConnections() === 0);
  });

  it('with a picture of ten million characters, which is no trouble', async () => {
    const url = `data:image/png;base64,${'A'.repeat(10_000_000)}`;
    const { events, ending } = await read(
      aChunk({ images: [{ image_url: { url } }] }),
      ...theEnd(),
    );

    const image = events.find(({ type }) => type === 'image');
    expect(image?.type === 'image' && image.url === url).toBe(true);
    expect(ending).toBe('complete');
  });
});

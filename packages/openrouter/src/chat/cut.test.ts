import { OpenRouterClient } from '../client.ts';
import { useClosing } from '../testing/closing.ts';
import { collect } from '../testing/collect.ts';
import { aKey } from '../testing/keys.ts';
import { recordedStreams, TERMINATOR, toBytes, type RecordedStream } from '../testing/streams.ts';
import { beginStream, sendUntilClose, startUpstream, type Handler } from '../testing/upstream.ts';
import { until } from '../testing/until.ts';

const closing = useClosing();
const AT_ONCE = 24;

// A rejection that nobody handles fails the test in which it happens, by Jest itself.

/** Asks for the stream once for each place, each time cut there, several at once. */
async function cutAt(places: readonly number[], handler: (place: number) => Handler) {
  const upstream = closing(
    await startUpstream((request, ...rest) => {
      const { user } = JSON.parse(request.body) as { user: string };
      return handler(Number(user))(request, ...rest);
    }),
  );
  const client = closing(
    new OpenRouterClient(aKey(), {
      baseURL: upstream.url,
      retry: { retries: 0 },
      circuit: { failures: Infinity },
    }),
  );
  const left = [...places];
  const results = new Map<number, Awaited<ReturnType<typeof collect>>>();
  const worker = async () => {
    for (let place = left.pop(); place !== undefined; place = left.pop()) {
      const request = { model: 'a/b', messages: [{ role: 'user' as const, content: 'x' }] };
      results.set(place, await collect(client.streamChat({ ...request, user: String(place) })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { upstream, results };
}

/** The payloads that are whole within the first bytes of a stream. */
function payloadsWithin({ payloads, bytes }: RecordedStream, end: number): string[] {
  const comment = bytes.length - toBytes(payloads).length;
  return payloads.filter(
    (_payload, index) => comment + toBytes(payloads.slice(0, index + 1)).length <= end,
  );
}

/** What a reader must see of a stream that ends after these payloads. */
function expected({ ending }: RecordedStream, whole: readonly string[]) {
  const text = whole.map((payload) => /"content":"([^"]*)"/.exec(payload)?.[1] ?? '').join('');
  if (whole.some((payload) => payload === TERMINATOR || payload.includes('"error":'))) {
    return { text, ending, reason: ending === 'failed' ? 'provider_error' : null };
  }
  // Before any content a cut is an exception: nothing was shown, so everything may be tried again.
  const content = /"content":"[^"]|"tool_calls":|"reasoning":|"images":/;
  const ends = whole.some((payload) => content.test(payload)) ? 'cut' : null;
  return { text, ending: ends, reason: 'stream_cut' };
}

describe.each(recordedStreams)('a stream of $name', (stream) => {
  const places = Array.from({ length: stream.bytes.length + 1 }, (_, place) => place);

  it('ends as it should, and only when all of it has come, wherever it is cut', async () => {
    const { upstream, results } = await cutAt(places, (place) => (_request, response) => {
      sendUntilClose(response, stream.bytes.subarray(0, place));
    });

    for (const [place, { text, ending, reason }] of results) {
      const seen = expected(stream, payloadsWithin(stream, place));
      expect({ place, text, ending, reason }).toEqual({ place, ...seen });
    }
    expect(results.size).toBe(places.length);
    await until(() => upstream.openConnections() === 0);
  });

  it('keeps what came before a reset of the connection', async () => {
    const some = places.filter((place) => place % 16 === 0);
    const { upstream, results } = await cutAt(some, (place) => (_request, response, socket) => {
      beginStream(response);
      response.write(stream.bytes.subarray(0, place), () => socket.resetAndDestroy());
    });

    const whole = expected(stream, stream.payloads);
    for (const [place, { text, ending, reason }] of results) {
      const last = expected(stream, payloadsWithin(stream, place));
      expect(whole.text.startsWith(text)).toBe(true);
      // A reset may overtake the bytes before it, and then less has come than was sent.
      expect([last.ending, 'cut', null]).toContain(ending);
      expect([last.reason, 'stream_cut', 'upstream_unreachable']).toContain(reason);
    }
    await until(() => upstream.openConnections() === 0);
  });
});

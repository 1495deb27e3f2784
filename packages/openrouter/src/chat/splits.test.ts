import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { useClosing } from '../testing/closing.ts';
import { collect } from '../testing/collect.ts';
import { connectTo, openStream } from '../testing/open-stream.ts';
import { recordedStreams } from '../testing/streams.ts';
import { beginStream, startUpstream } from '../testing/upstream.ts';

const closing = useClosing();

/** A transport to an upstream that sends these pieces, each in a packet of its own. */
async function connect() {
  let pieces: readonly Buffer[] = [];
  const upstream = closing(
    await startUpstream(async (_request, response, socket) => {
      socket.setNoDelay(true);
      beginStream(response);
      for (const piece of pieces) {
        response.write(piece);
        await nextTurn();
      }
      response.end();
    }),
  );
  const transport = closing(connectTo(upstream.url));
  return async (next: readonly Buffer[]) => {
    pieces = next;
    return collect(await openStream(transport));
  };
}

function split(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % bytes.length), bytes.length];
  const sorted = [...new Set(cuts)].toSorted((one, other) => one - other);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

/** The same stream as another server might write it. */
const aDisguise = fc.record({
  lineBreak: fc.constantFrom('\n', '\r\n', '\r'),
  withMark: fc.boolean(),
  withSpace: fc.boolean(),
  comment: fc.constantFrom('', ':\n', ': hm\n\n', 'event: message\nid: 7\n'),
});

it.each(recordedStreams)('a stream of $name means the same in any pieces', async (stream) => {
  const { bytes, events, ending } = stream;
  const send = await connect();

  await fc.assert(
    fc.asyncProperty(aDisguise, fc.array(fc.nat(), { maxLength: 12 }), async (disguise, places) => {
      const text = bytes
        .toString()
        .replaceAll('data: ', `${disguise.comment}data:${disguise.withSpace ? ' ' : ''}`)
        .replaceAll('\n', disguise.lineBreak);
      const disguised = Buffer.from((disguise.withMark ? '\uFEFF' : '') + text);

      expect(await send(split(disguised, places))).toMatchObject({ events, ending });
    }),
    { numRuns: 40 },
  );
});

it.each(recordedStreams)('a stream of $name means the same byte by byte', async (stream) => {
  const send = await connect();

  const collected = await send(split(stream.bytes, [...stream.bytes.keys()]));

  expect(collected).toMatchObject({ events: stream.events, ending: stream.ending });
});

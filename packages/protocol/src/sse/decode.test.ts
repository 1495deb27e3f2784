import fc from 'fast-check';
import { decodeEventStream, SseEventTooLargeError, type SseMessage } from './decode.ts';
import { encodeComment, encodeEvent } from './encode.ts';

async function* stream(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array, void> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function decode(
  bytes: AsyncIterable<Uint8Array>,
  maxEventCharacters?: number,
): Promise<SseMessage[]> {
  const messages: SseMessage[] = [];
  const options = maxEventCharacters === undefined ? {} : { maxEventCharacters };
  for await (const message of decodeEventStream(bytes, options)) messages.push(message);
  return messages;
}

const data = (...payloads: string[]) =>
  payloads.map((payload) => ({ type: 'data', data: payload }));

/** Cuts bytes at the given places, which may repeat, and so makes empty chunks too. */
function split(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length];
  const sorted = cuts.toSorted((one, other) => one - other);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const aMessage = fc.oneof(
  {
    weight: 3,
    arbitrary: anyText.map((text) => ({ type: 'data', text: text.replace(/\r/g, '') })),
  },
  anyText.map((text) => ({ type: 'comment', text: text.replace(/[\r\n]/g, '') })),
);
const encode = ({ type, text }: { type: string; text: string }) =>
  type === 'data' ? encodeEvent(text) : encodeComment(text);
const aLineBreak = fc.constantFrom('\n', '\r\n', '\r');
const places = fc.array(fc.nat(), { maxLength: 30 });

describe('decodeEventStream', () => {
  it('reads back whatever was encoded, in any line breaks and any splits of the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aMessage, { maxLength: 12 }),
        aLineBreak,
        fc.boolean(),
        places,
        async (messages, lineBreak, withMark, cuts) => {
          const frames = messages.map(encode).join('').replaceAll('\n', lineBreak);
          const bytes = Buffer.from((withMark ? '\uFEFF' : '') + frames);

          const decoded = await decode(stream(...split(bytes, cuts)));

          expect(decoded).toEqual(
            messages.map(({ type, text }) =>
              type === 'data' ? { type, data: wellFormed(text) } : { type, text: wellFormed(text) },
            ),
          );
        },
      ),
    );
  });

  it.each([
    ['an event that ends with LF', 'data: a\n\n', data('a')],
    ['CRLF', 'data: a\r\n\r\n', data('a')],
    ['CR', 'data: a\r\r', data('a')],
    ['a value without a space', 'data:a\n\n', data('a')],
    ['the first of two spaces as part of the syntax', 'data:  a\n\n', data(' a')],
    ['an empty value', 'data:\n\n', data('')],
    ['a field name alone', 'data\n\n', data('')],
    ['several lines of one event', 'data: a\ndata: b\n\n', data('a\nb')],
    ['several events in one chunk', 'data: a\n\ndata: b\n\n', data('a', 'b')],
    ['a leading byte order mark', '\uFEFFdata: a\n\n', data('a')],
    ['a second byte order mark as an unknown field', '\uFEFF\uFEFFdata: a\n\n', []],
    ['a comment without a space', ':hm\n\n', [{ type: 'comment', text: 'hm' }]],
    [
      'a comment between the lines of an event',
      'data: a\n: hm\ndata: b\n\n',
      [{ type: 'comment', text: 'hm' }, ...data('a\nb')],
    ],
    ['fields it has no use for', 'event: x\nretry: 5\nnonsense\ndata: a\n\n', data('a')],
    ['the id of an event', 'id: 7\ndata: a\n\n', [{ type: 'data', data: 'a', id: '7' }]],
    ['an event that has no data as nothing', 'event: ping\n\n', []],
    ['an event that the bytes leave unfinished as nothing', 'data: a\n\ndata: b\n', data('a')],
    ['no bytes at all as nothing', '', []],
  ])('reads %s', async (_name, text, expected) => {
    const bytes = Buffer.from(text);
    const oneByOne = split(bytes, [...bytes.keys()]);

    expect(await decode(stream(bytes))).toEqual(expected);
    expect(await decode(stream(...oneByOne))).toEqual(expected);
  });

  it('replaces bytes that are no UTF-8, as a browser does', async () => {
    const bytes = Buffer.concat([Buffer.from('data: a'), Buffer.of(0xff), Buffer.from('b\n\n')]);

    expect(await decode(stream(bytes))).toEqual(data('a\uFFFDb'));
  });

  it('reads an event of ten million characters that arrives in pieces', async () => {
    const payload = '0123456789'.repeat(1_000_000);
    const bytes = Buffer.from(encodeEvent(payload));
    const pieces = split(
      bytes,
      Array.from({ length: 160 }, (_, piece) => piece * 65_536),
    );

    const [message] = await decode(stream(...pieces));

    expect(message?.type === 'data' && message.data === payload).toBe(true);
  });

  it('refuses an event over the limit and passes one at the limit, wherever the bytes are split', async () => {
    const limit = 50;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: limit - 8, max: limit + 8 }),
        fc.boolean(),
        aLineBreak,
        places,
        async (length, inTwoLines, lineBreak, cuts) => {
          const half = Math.floor(length / 2);
          const event = inTwoLines
            ? `${'x'.repeat(half)}\n${'y'.repeat(length - half - 1)}`
            : 'x'.repeat(length);
          const text = (encodeEvent('first') + encodeEvent(event)).replaceAll('\n', lineBreak);

          const seen: SseMessage[] = [];
          const reading = (async () => {
            const chunks = stream(...split(Buffer.from(text), cuts));
            for await (const message of decodeEventStream(chunks, { maxEventCharacters: limit })) {
              seen.push(message);
            }
          })();

          if (length > limit) await expect(reading).rejects.toThrow(SseEventTooLargeError);
          else await reading;
          expect(seen).toEqual(length > limit ? data('first') : data('first', event));
        },
      ),
    );
  });

  it('refuses an event without an end before all of it has arrived', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      yield Buffer.from('data: ');
      for (;;) {
        taken += 1000;
        yield Buffer.alloc(1000, 'x');
      }
    }

    await expect(decode(endless(), 10_000)).rejects.toThrow('longer than 10000 characters');
    expect(taken).toBeLessThanOrEqual(11_000);
  });

  it('asks for no more bytes than its reader has use for, and closes the source when left', async () => {
    let taken = 0;
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array, void> {
      try {
        for (;;) {
          taken += 1;
          yield Buffer.from(`data: ${taken}\n\n`);
        }
      } finally {
        closed = true;
      }
    }

    for await (const message of decodeEventStream(source())) {
      if (message.type === 'data' && message.data === '3') break;
    }

    expect(taken).toBe(3);
    expect(closed).toBe(true);
  });

  it('hands on the failure of its source after all that came before', async () => {
    const seen: SseMessage[] = [];
    const reading = (async () => {
      for await (const message of decodeEventStream(breaking())) seen.push(message);
    })();

    await expect(reading).rejects.toThrow('reset');
    expect(seen).toEqual(data('a'));
  });
});

async function* breaking(): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from('data: a\n\ndata: b');
  throw new Error('reset');
}

/** What UTF-8 makes of half a surrogate pair. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

import fc from 'fast-check';
import { createTextProbe, decodeText, fenceText } from './text.ts';

function probe(...chunks: Uint8Array[]): boolean {
  const result = createTextProbe();
  for (const chunk of chunks) result.add(chunk);
  return result.isText();
}

const littleEndian = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const bigEndian = (text: string) => littleEndian(text).swap16();

describe('createTextProbe', () => {
  it.each([
    ['plain text', Buffer.from('plain'), true],
    ['text beyond ASCII', Buffer.from('naïve 概要 👍'), true],
    ['text with a byte order mark', Buffer.from('\uFEFFa,b'), true],
    ['UTF-16', littleEndian('a\tb'), true],
    ['UTF-16, the other way round', bigEndian('a\tb'), true],
    ['a single letter', Buffer.from('a'), true],
    ['NUL', Buffer.from('a\0b'), false],
    ['NUL in UTF-16', littleEndian('a\0b'), false],
    ['half a UTF-16 unit', littleEndian('ab').subarray(0, 5), false],
    ['half a surrogate pair', littleEndian('👍').subarray(0, 4), false],
    ['Latin-1', Buffer.from('na\xefve', 'latin1'), false],
    ['a character that is cut off', Buffer.from('概').subarray(0, 2), false],
    ['one byte that is no character', Buffer.from([0xff]), false],
  ])('looks at %s', (_what, bytes, expected) => {
    expect(probe(bytes)).toBe(expected);
  });

  it('says the same however the bytes are cut into chunks', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => Buffer.from(text.toWellFormed())),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => littleEndian(text)),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(40)), (whole, cuts) => {
        const edges = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
        const chunks = edges.slice(1).map((end, index) => whole.subarray(edges[index], end));

        expect(probe(...chunks)).toBe(probe(whole));
      }),
    );
  });
});

describe('decodeText', () => {
  it.each([
    Buffer.from('\uFEFFnaïve 👍'),
    Buffer.from('naïve 👍'),
    littleEndian('naïve 👍'),
    bigEndian('naïve 👍'),
  ])('reads each encoding', (bytes) => {
    expect(decodeText(bytes)).toBe('naïve 👍');
  });
});

describe('fenceText', () => {
  it('names the file and keeps its words apart from what is around them', () => {
    expect(fenceText('a.txt', 'one\ntwo')).toBe('File: a.txt\n```\none\ntwo\n```');
  });

  it('uses a fence that no line of the text can end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', '\n'), maxLength: 60 }), (text) => {
        const lines = fenceText('a.md', text).split('\n');
        const [, fence = ''] = lines;

        expect(fence).toMatch(/^`{3,}$/);
        expect(lines.at(-1)).toBe(fence);
        expect(lines.slice(2, -1).some((line) => line.includes(fence))).toBe(false);
        expect(lines.slice(2, -1).join('\n')).toBe(text.replace(/\n$/, ''));
      }),
    );
  });
});

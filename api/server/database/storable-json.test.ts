import { storableJson } from './storable-json.ts';

it.each([
  ['a NUL', 'a\0b', 'a\uFFFDb'],
  ['half a pair', 'a\uD83Db', 'a\uFFFDb'],
  ['the other half', '\uDE00', '\uFFFD'],
  ['a whole pair', '😀', '😀'],
  ['other control characters', '\u0001\n\t"\\', '\u0001\n\t"\\'],
  ['text that looks like an escape', '\\u0000 \\\\ud83d', '\\u0000 \\\\ud83d'],
])('keeps %s as far as the database can', (_what, text, kept) => {
  expect(storableJson({ text, in: [{ [text]: 1 }] })).toEqual({ text: kept, in: [{ [kept]: 1 }] });
});

it('gives back what JSON can say', () => {
  expect(storableJson({ zero: -0, absent: undefined, list: [1.5, null, true] })).toEqual({
    zero: 0,
    list: [1.5, null, true],
  });
});

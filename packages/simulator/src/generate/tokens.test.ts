import { countTokens, tokenize } from './tokens.ts';

const texts = [
  '',
  'Hello, world!',
  'A naïve café – “quoted”, 1234567 and 3.14\n\n- a list\n  - nested',
  'Привет мир, こんにちは世界, 안녕하세요, สวัสดี',
  'emoji 👩‍👩‍👧 and 🎉',
  '```ts\nconst x = { a: [1, 2] };\n```',
  '\ud800 a lone surrogate',
];

it.each(texts)('cuts %j into tokens that are the text again', (text) => {
  expect(tokenize(text).join('')).toBe(text);
  expect(countTokens(text)).toBe(tokenize(text).length);
});

it('cuts a long run of blanks in no time', () => {
  const text = `${' '.repeat(1_000_000)}x`;
  const startedAt = performance.now();

  expect(tokenize(text).join('')).toBe(text);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

it('counts about one token for a short word and several for a long one', () => {
  expect(countTokens('one two three')).toBe(3);
  expect(countTokens('internationalisation')).toBe(3);
  expect(countTokens('你好世界')).toBe(4);
});

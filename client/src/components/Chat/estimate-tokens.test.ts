import { estimateFileTokens, estimateTokens } from './estimate-tokens.ts';

it.each([
  ['', 0, 0],
  ['The quick brown fox jumps over the lazy dog.', 8, 14],
  ['Der schnelle braune Fuchs springt über den faulen Hund.', 11, 20],
  ['敏捷的棕色狐狸跳过了懒狗。', 8, 20],
  ['Быстрая бурая лиса прыгает через ленивую собаку.', 12, 26],
])('says of %j about as many tokens as tokenizers do', (text, least, most) => {
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(least);
  expect(estimateTokens(text)).toBeLessThanOrEqual(most);
});

it('counts a picture by its size, as far as models look', () => {
  expect(estimateFileTokens({ type: 'image/png', bytes: 9, width: 300, height: 250 })).toBe(100);
  expect(estimateFileTokens({ type: 'image/png', bytes: 9, width: 9000, height: 9000 })).toBe(1600);
});

it('does not guess at what only opening it would tell', () => {
  expect(estimateFileTokens({ type: 'application/pdf', bytes: 99_999 })).toBeNull();
  expect(estimateFileTokens({ type: 'text/plain', bytes: 400 })).toBe(100);
});

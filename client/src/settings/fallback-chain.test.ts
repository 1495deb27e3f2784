import { MAX_FALLBACKS, moved, readChain, refusalOf, writeChain } from './fallback-chain.ts';

it('is sent by OpenRouter’s and the server’s names, and only where it differs', () => {
  const chain = { models: ['a/b', 'c/d'], preset: 'none', allowsDearer: true };

  const parameters = writeChain({ seed: 1 }, chain);

  expect(parameters).toEqual({
    seed: 1,
    models: ['a/b', 'c/d'],
    fallbacks: 'none',
    allow_dearer_fallbacks: true,
  });
  expect(readChain(parameters)).toEqual(chain);
  expect(writeChain(parameters, { models: [], preset: null, allowsDearer: false })).toEqual({
    seed: 1,
  });
});

it('reads the other way of saying that nothing follows', () => {
  expect(readChain({ fallbacks: false, models: 'a/b' })).toEqual({
    models: [],
    preset: 'none',
    allowsDearer: false,
  });
});

it.each([
  ['x/y', null],
  ['a/b', 'twice'],
  ['m/m', 'chosen'],
  ['m/m:free', null],
  ['openrouter/auto', 'router'],
])('of %s says %s', (id, refusal) => expect(refusalOf(['a/b'], 'm/m', id)).toBe(refusal));

it('has an end', () => {
  const full = Array.from({ length: MAX_FALLBACKS }, (_, index) => `a/${index}`);

  expect(refusalOf(full, 'm/m', 'x/y')).toBe('full');
  expect(refusalOf(full.slice(1), 'm/m', 'x/y')).toBeNull();
});

it.each([
  [0, 2, ['b', 'c', 'a']],
  [2, 0, ['c', 'a', 'b']],
  [1, 1, ['a', 'b', 'c']],
  [0, -1, ['a', 'b', 'c']],
  [2, 3, ['a', 'b', 'c']],
])('moves the entry at %d to %d', (from, to, items) => {
  expect(moved(['a', 'b', 'c'], from, to)).toEqual(items);
});

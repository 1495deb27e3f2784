import type { Model } from '@openrouter-native/protocol';
import { baseIdOf, idOf, toFamilies, variantOf, variantsOf } from './families.ts';

const model = (id: string): Model => ({ id, name: id, pricing: { prompt: '0', completion: '0' } });
const families = toFamilies(
  [
    'a/b',
    'a/b:free',
    'a/b:batch',
    'a/c:free',
    'a/d:thinking',
    'openrouter/auto',
    '~a/b-latest',
  ].map(model),
);
const family = (id: string) => {
  const found = families.find((each) => each.model.id === id);
  if (!found) throw new Error(id);
  return found;
};

it('has one row for each model that can be chatted with', () => {
  expect(families.map((each) => each.model.id)).toEqual([
    'a/b',
    'a/c:free',
    'openrouter/auto',
    '~a/b-latest',
  ]);
});

it('offers the free sibling as a choice', () => {
  expect(variantsOf(family('a/b'))).toEqual(['standard', 'free', 'nitro', 'floor', 'exacto']);
  expect(idOf(family('a/b'), 'free')).toBe('a/b:free');
  expect(idOf(family('a/b'), 'standard')).toBe('a/b');
});

it('offers no ways of choosing a provider where there are no providers to choose from', () => {
  expect(variantsOf(family('openrouter/auto'))).toEqual(['standard']);
  expect(variantsOf(family('~a/b-latest'))).toEqual(['standard']);
  expect(variantsOf(family('a/c:free'))).toEqual(['standard']);
});

it.each([
  ['a/b', 'a/b', 'standard'],
  ['a/b:free', 'a/b', 'free'],
  ['a/b:nitro', 'a/b', 'nitro'],
  ['a/b:free:floor', 'a/b', 'floor'],
])('reads %s as %s, %s', (id, base, variant) => {
  expect([baseIdOf(id), variantOf(id)]).toEqual([base, variant]);
});

import type { Model } from '@openrouter-native/protocol';
import { toFamilies } from '../../models/families.ts';
import { noFilters } from '../../models/filters.ts';
import { createModelSearch } from '../../models/search.ts';
import { toRows, type RowsInput } from './rows.ts';

const model = (id: string): Model => ({
  id,
  name: id,
  pricing: { prompt: '0.000001', completion: '0' },
});
const models = ['a/sonnet', 'a/sonnet:free', 'b/sonar', 'c/gpt'].map(model);
const families = toFamilies(models);
const search = createModelSearch(families.map((family) => family.model));

function keys(input: Partial<RowsInput>): string[] {
  const rows = toRows({
    families,
    search,
    query: '',
    filters: noFilters,
    order: 'best',
    zeroRetentionIds: undefined,
    favorites: [],
    recent: [],
    ...input,
  });
  return rows.map(({ key }) => key);
}

it('shows the catalogue without headings when nothing is kept', () => {
  expect(keys({})).toEqual(['all:a/sonnet', 'all:b/sonar', 'all:c/gpt']);
});

it('shows favourites first, then what was used lately, each once, whatever its variant', () => {
  expect(keys({ favorites: ['c/gpt'], recent: ['a/sonnet:free', 'c/gpt', 'gone/model'] })).toEqual([
    'favorites',
    'favorites:c/gpt',
    'recent',
    'recent:a/sonnet',
    'all',
    'all:a/sonnet',
    'all:b/sonar',
    'all:c/gpt',
  ]);
});

it('shows only what fits a search, the best first', () => {
  expect(keys({ query: 'son', favorites: ['c/gpt'] })).toEqual(['all:a/sonnet', 'all:b/sonar']);
});

it('finds the free sibling under the name of its model', () => {
  expect(
    keys({
      families: toFamilies(
        models.map((each) =>
          each.id.endsWith(':free') ? { ...each, pricing: { prompt: '0', completion: '0' } } : each,
        ),
      ),
      query: 'sonnet',
      filters: { ...noFilters, isFree: true },
    }),
  ).toEqual(['all:a/sonnet:free']);
});

it('numbers models, and headings not', () => {
  const rows = toRows({
    families,
    search,
    query: '',
    filters: noFilters,
    order: 'best',
    zeroRetentionIds: undefined,
    favorites: ['b/sonar'],
    recent: [],
  });

  expect(rows.map((row) => (row.type === 'model' ? row.index : null))).toEqual([
    null,
    0,
    null,
    1,
    2,
    3,
  ]);
});

it('finds a way of choosing the provider that the catalogue lists as a model of its own', () => {
  const both = toFamilies(['a/kimi', 'a/kimi:exacto'].map(model));
  const find = createModelSearch(both.map((family) => family.model));

  expect(keys({ families: both, search: find, query: 'kimi' })).toEqual([
    'all:a/kimi',
    'all:a/kimi:exacto',
  ]);
});

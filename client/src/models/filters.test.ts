import type { Model } from '@openrouter-native/protocol';
import { toFamilies } from './families.ts';
import {
  applyFilters,
  authorsOf,
  countFilters,
  noFilters,
  sortFamilies,
  type ModelFilters,
} from './filters.ts';

const model = (id: string, fields: Partial<Model> = {}): Model => ({
  id,
  name: id,
  pricing: { prompt: '0.000001', completion: '0.000002' },
  ...fields,
});
const families = toFamilies([
  model('a/see', {
    context_length: 200_000,
    created: 2,
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    supported_parameters: ['tools'],
  }),
  model('a/see:free', { pricing: { prompt: '0', completion: '0' } }),
  model('b/dear', { pricing: { prompt: '0.00001', completion: '0' }, created: 3 }),
  model('b/gift', { pricing: { prompt: '0', completion: '0' }, context_length: 8_000 }),
  model('openrouter/auto', { pricing: { prompt: '-1', completion: '-1' }, context_length: 2_000_000 }), // prettier-ignore
]);
const idsOf = (list: readonly { model: Model }[]) => list.map((each) => each.model.id);
const fitting = (filters: Partial<ModelFilters>, zdr?: ReadonlySet<string>) =>
  idsOf(applyFilters(families, { ...noFilters, ...filters }, zdr));

it.each<[Partial<ModelFilters>, string[]]>([
  [{}, ['a/see', 'b/dear', 'b/gift', 'openrouter/auto']],
  [{ isFree: true }, ['a/see:free', 'b/gift']],
  [{ author: 'b' }, ['b/dear', 'b/gift']],
  [{ capabilities: ['vision', 'tools'] }, ['a/see']],
  [{ minContext: 100_000 }, ['a/see', 'openrouter/auto']],
  [{ maxPromptPrice: 1 }, ['a/see', 'b/gift']],
  [{ maxPromptPrice: 1, isFree: true, author: 'a' }, ['a/see:free']],
])('leaves what fits %j', (filters, ids) => {
  expect(fitting(filters)).toEqual(ids);
});

it('claims nothing about what providers keep before it is known', () => {
  expect(fitting({ isZeroRetention: true })).toEqual([]);
  expect(fitting({ isZeroRetention: true }, new Set(['b/dear']))).toEqual(['b/dear']);
});

it.each([
  ['best', ['a/see', 'b/dear', 'b/gift', 'openrouter/auto']],
  ['newest', ['b/dear', 'a/see', 'b/gift', 'openrouter/auto']],
  ['name', ['a/see', 'b/dear', 'b/gift', 'openrouter/auto']],
  ['price', ['b/gift', 'a/see', 'b/dear', 'openrouter/auto']],
  ['context', ['openrouter/auto', 'a/see', 'b/gift', 'b/dear']],
] as const)('sorts by %s, with what is unknown last', (order, ids) => {
  expect(idsOf(sortFamilies(families, order))).toEqual(ids);
});

it('counts the filters that are on', () => {
  expect(countFilters(noFilters)).toBe(0);
  expect(countFilters({ ...noFilters, isFree: true, capabilities: ['tools', 'vision'] })).toBe(3);
});

it('names the authors, the most productive first', () => {
  expect(authorsOf(families)).toEqual([
    { author: 'b', count: 2 },
    { author: 'a', count: 1 },
    { author: 'openrouter', count: 1 },
  ]);
});

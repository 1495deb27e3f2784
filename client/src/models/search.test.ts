import type { Model } from '@openrouter-native/protocol';
import { createModelSearch } from './search.ts';

function model(id: string, name: string): Model {
  return { id, name, pricing: { prompt: '0', completion: '0' } };
}

const catalogue = [
  model('openai/gpt-5.1-mini', 'OpenAI: GPT-5.1 Mini'),
  model('anthropic/claude-opus-4.5', 'Anthropic: Claude Opus 4.5'),
  model('anthropic/claude-sonnet-4.5', 'Anthropic: Claude Sonnet 4.5'),
  model('openai/gpt-5-mini', 'OpenAI: GPT-5 Mini'),
  model('openai/gpt-5', 'OpenAI: GPT-5'),
  model('anthropic/claude-sonnet-4', 'Anthropic: Claude Sonnet 4'),
  model('perplexity/sonar', 'Perplexity: Sonar'),
  model('~openai/gpt-latest', 'OpenAI: GPT (latest)'),
];
const search = createModelSearch(catalogue);
const ids = (query: string) => search(query).map(({ id }) => id);

it('gives everything in catalogue order for a blank query', () => {
  expect(search('  ')).toEqual(catalogue);
});

it.each([
  ['openai/gpt-5', 'openai/gpt-5'],
  ['gpt-5', 'openai/gpt-5'],
  ['GPT-5', 'openai/gpt-5'],
  ['claude sonnet 4', 'anthropic/claude-sonnet-4'],
])('puts the exact name first for %s', (query, id) => {
  expect(ids(query)[0]).toBe(id);
});

it('puts what starts with the query before what contains it', () => {
  expect(ids('son')).toEqual([
    'perplexity/sonar',
    'anthropic/claude-sonnet-4.5',
    'anthropic/claude-sonnet-4',
  ]);
});

it.each([
  ['sonnet', 'anthropic/claude-sonnet-4.5'],
  ['gpt 5 mini', 'openai/gpt-5-mini'],
  ['gpt5mini', 'openai/gpt-5-mini'],
  ['claude opus', 'anthropic/claude-opus-4.5'],
  ['opus claude', 'anthropic/claude-opus-4.5'],
  ['anthropic 4.5', 'anthropic/claude-opus-4.5'],
  ['laude', 'anthropic/claude-opus-4.5'],
  ['latest', '~openai/gpt-latest'],
])('finds what %s means', (query, id) => {
  expect(ids(query)).toContain(id);
});

it.each([
  ['sonet', 'anthropic/claude-sonnet-4.5'],
  ['cladue opus', 'anthropic/claude-opus-4.5'],
  ['perplxity', 'perplexity/sonar'],
  ['anthorpci', 'anthropic/claude-opus-4.5'],
])('forgives the typo in %s', (query, id) => {
  expect(ids(query)).toContain(id);
});

it('finds nothing for what is nobody’s name', () => {
  expect(ids('zzz')).toEqual([]);
  expect(ids('!!')).toEqual([]);
});

it.each(['gpt 5 mini', 'gpt 5 m', 'gpt5mini', 'GPT-5 Mini'])(
  'puts the model that %j spells before a newer one with those words',
  (query) => {
    const find = createModelSearch(
      ['openai/gpt-5.4-mini', 'openai/gpt-5-mini'].map((id) => ({
        id,
        name: `OpenAI: ${id === 'openai/gpt-5-mini' ? 'GPT-5 Mini' : 'GPT-5.4 Mini'}`,
        pricing: { prompt: '0', completion: '0' },
      })),
    );

    expect(find(query)[0]?.id).toBe('openai/gpt-5-mini');
  },
);

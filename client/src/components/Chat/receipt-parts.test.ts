import { createFormat } from '../../format/format.ts';
import { createTranslator } from '../../i18n/i18n.ts';
import { en } from '../../i18n/locales/en/index.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { anAnswer as answer } from '../../testing/messages.ts';
import { servedNames, usageParts } from './receipt-parts.ts';

const { t } = createTranslator('en', en).i18n;
const parts = (fields: Parameters<typeof answer>[0]) =>
  usageParts(answer(fields), t, createFormat('en'));

const haiku = {
  id: 'anthropic/claude-haiku-4.5',
  canonical_slug: 'anthropic/claude-4.5-haiku-20251001',
  name: 'Anthropic: Claude Haiku 4.5',
  pricing: { prompt: '0', completion: '0' },
};
const auto = {
  id: 'openrouter/auto',
  canonical_slug: 'openrouter/auto',
  name: 'Auto Router',
  pricing: { prompt: '-1', completion: '-1' },
};
const index: ModelIndex = {
  byId: new Map([haiku, auto].map((model) => [model.id, model])),
  byServedSlug: new Map([haiku, auto].map((model) => [model.canonical_slug, model])),
};

it('names the model once when it answered itself, under its dated slug', () => {
  expect(servedNames(answer({}), index)).toEqual({ served: 'Claude Haiku 4.5', requested: null });
});

it('names both when another model answered', () => {
  expect(servedNames(answer({ model: 'openrouter/auto' }), index)).toEqual({
    served: 'Claude Haiku 4.5',
    requested: 'Auto Router',
  });
});

it('falls back to the slug of a model that is not in the list', () => {
  expect(servedNames(answer({ served_model: 'new/model-1' }), index).served).toBe('new/model-1');
});

it('claims no model before one has answered', () => {
  expect(servedNames(answer({ served_model: null }), index).served).toBeNull();
});

it('shows tokens and the cost as charged', () => {
  const usage = {
    prompt_tokens: 1234,
    completion_tokens: 56,
    cost: 0.000887,
    prompt_tokens_details: { cached_tokens: 1000 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };

  expect(parts({ usage })).toEqual(['1,234 in (1,000 cached)', '56 out', '$0.000887']);
});

it('shows nothing unknown as 0', () => {
  expect(parts({ usage: null })).toEqual(['cost unknown']);
  expect(parts({ usage: null, served_model: null })).toEqual([]);
  expect(parts({ usage: { completion_tokens: 5 } })).toEqual(['5 out', 'cost unknown']);
});

it('shows a cost of nothing as what it is', () => {
  expect(parts({ usage: { cost: 0 } })).toEqual(['$0.00']);
});

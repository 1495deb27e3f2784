import type { ModelIndex } from '../../models/useModelIndex.ts';
import { anAnswer as answer } from '../../testing/messages.ts';
import { servedNames } from './served-names.ts';

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

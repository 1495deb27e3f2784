import {
  isLeaving,
  lacksOf,
  noNeeds,
  suggestModels,
  type ModelNeeds,
} from '@openrouter-native/protocol';
import { catalogue, catalogueDay, listedModel } from './testing/catalogue.ts';

const tools = { ...noNeeds, tools: true };
const idsFor = (wanted: string, needs: ModelNeeds = noNeeds, models = catalogue) =>
  suggestModels(models, needs, wanted, catalogueDay).map(({ id }) => id);

describe('suggestions from the real catalogue', () => {
  it('begin with the same family', () => {
    expect(idsFor('openai/gpt-3.5-turbo-instruct', tools)[0]).toMatch(/^openai\/gpt-3\.5-turbo/);
    expect(idsFor('anthropic/claude-3-haiku')[0]).toBe('anthropic/claude-haiku-4.5');
    expect(idsFor('meta-llama/llama-3-8b-instruct', tools)[0]).toMatch(/^meta-llama\/.*instruct/);
  });

  it('show several families of the author instead of one three times', () => {
    const ids = idsFor('anthropic/claude-2');

    expect(ids).toHaveLength(3);
    expect(ids.every((id) => id.startsWith('anthropic/claude-'))).toBe(true);
    expect(new Set(ids.map((id) => id.replaceAll(/[\d.-]+/g, ''))).size).toBe(3);
  });

  it('go on to other authors where the own one has no more, at a similar price', () => {
    const [first, ...others] = suggestModels(
      catalogue,
      { ...noNeeds, input: ['audio'] },
      'openai/gpt-4o',
      catalogueDay,
    );

    expect(first?.id).toMatch(/^openai\/gpt-audio/);
    expect(others).not.toHaveLength(0);
  });

  it('put free models in the place of free ones only', () => {
    expect(idsFor('deepseek/deepseek-r1:free', tools).every((id) => id.endsWith(':free'))).toBe(
      true,
    );
    expect(idsFor('openai/gpt-4o-mini', tools).some((id) => id.endsWith(':free'))).toBe(false);
  });

  it('name nothing but what is allowed', () => {
    const allowed = catalogue.filter(({ id }) => id.startsWith('mistralai/'));

    expect(idsFor('openai/gpt-4', tools, allowed)).toHaveLength(3);
    expect(idsFor('openai/gpt-4', tools, allowed).every((id) => id.startsWith('mistralai/'))).toBe(
      true,
    );
    expect(idsFor('openai/gpt-4', tools, [])).toEqual([]);
  });

  it('know something for a name that nobody ever had', () => {
    expect(idsFor('no/such-model')).toHaveLength(3);
    expect(idsFor('')).toHaveLength(3);
    expect(idsFor('gpt-5-mini')[0]).toMatch(/^openai\/gpt.*mini$/);
  });

  it.each<[string, Partial<ModelNeeds>]>([
    ['tools', { tools: true }],
    ['pictures in', { input: ['image'] }],
    ['sound and film in', { input: ['audio', 'video'] }],
    ['pictures out', { output: ['image'] }],
    ['a long context', { contextTokens: 900_000 }],
    ['a known price', { knownPrice: true }],
    ['much at once', { tools: true, input: ['image'], contextTokens: 300_000, knownPrice: true }],
  ])('can do what is needed, for every model: %s', (_what, some) => {
    const needs = { ...noNeeds, ...some };
    for (const { id } of catalogue) {
      const suggested = suggestModels(catalogue, needs, id, catalogueDay);

      expect(new Set(suggested).size).toBe(3);
      for (const model of suggested) {
        expect(model.id).not.toBe(id);
        expect(model.id).not.toMatch(/^(openrouter\/|~)|:batch$/);
        expect(lacksOf(model, needs)).toEqual([]);
        expect(isLeaving(model, catalogueDay)).toBe(false);
      }
    }
  });
});

describe('what a model lacks', () => {
  it('is nothing that the catalogue is silent about', () => {
    const silent = {
      id: 'a/b',
      name: 'B',
      pricing: { prompt: '0', completion: '0' },
    };
    const everything = {
      tools: true,
      input: ['image'],
      output: ['image'],
      contextTokens: 1e9,
      knownPrice: true,
    };

    expect(lacksOf(silent, everything)).toEqual([]);
  });

  it('is told one by one', () => {
    const needs = { ...noNeeds, tools: true, input: ['image', 'audio'], contextTokens: 5000 };

    expect(lacksOf(listedModel('openai/gpt-3.5-turbo-instruct'), needs)).toEqual([
      { kind: 'tools' },
      { kind: 'input', modality: 'image' },
      { kind: 'input', modality: 'audio' },
      { kind: 'context', contextTokens: 4095 },
    ]);
    expect(lacksOf(listedModel('openrouter/auto'), { ...noNeeds, knownPrice: true })).toEqual([
      { kind: 'price' },
    ]);
  });
});

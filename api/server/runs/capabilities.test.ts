import { RequestError } from '@openrouter-native/plugin';
import { lacksOf, type ChatRequest } from '@openrouter-native/protocol';
import { createListedModels } from '../agents/listed-models.ts';
import { needsOf, requireCapable, type Offer } from './capabilities.ts';
import { catalogue, catalogueDay } from './testing/catalogue.ts';

const offer: Offer = {
  listed: createListedModels(catalogue),
  unlisted: new Set(['ollama/mine']),
  at: catalogueDay,
};
const tools = [{ type: 'function', function: { name: 'f' } }];
const aRequest = (rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Hi' }],
  ...rest,
});
const asks = (...content: { type: string; [field: string]: unknown }[]) => ({
  messages: [{ role: 'user' as const, content }],
});
const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
const sound = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } };
const pdf = { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } };

function refusalOf(rest: Partial<ChatRequest>, isLimited = false, from = offer) {
  const request = aRequest(rest);
  try {
    requireCapable(request, needsOf(request, isLimited), from);
    return null;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.toBody().error;
  }
}
const suggestionsOf = (rest: Partial<ChatRequest>) =>
  refusalOf(rest)?.metadata['suggestions'] as string[];

describe('a request that its model can serve', () => {
  it.each<[string, Partial<ChatRequest>]>([
    ['words', {}],
    ['tools', { tools }],
    ['a picture', asks(picture)],
    ['a PDF file, which every model reads', { model: 'openai/gpt-3.5-turbo', ...asks(pdf) }],
    [
      'tools of OpenRouter',
      { model: 'openai/gpt-3.5-turbo-instruct', tools: [{ type: 'openrouter:web_search' }] },
    ],
    ['routing suffixes', { model: 'openai/gpt-4o-mini:nitro:floor' }],
    ['a retired suffix', { model: 'anthropic/claude-haiku-4.5:thinking' }],
    ['an alias', { model: '~anthropic/claude-haiku-latest' }],
    ['a router', { model: 'openrouter/auto', tools }],
    ['a preset', { model: '@preset/mine', tools }],
    ['a model beside OpenRouter', { model: 'ollama/mine', tools }],
  ])('passes: %s', (_what, rest) => {
    expect(refusalOf(rest)).toBeNull();
  });

  it('passes when a fallback can', () => {
    const model = 'openai/gpt-3.5-turbo-instruct';

    expect(refusalOf({ model, tools })).not.toBeNull();
    expect(refusalOf({ model, tools, models: ['openai/gpt-4o'] })).toBeNull();
    expect(refusalOf({ model, tools, models: ['openai/gpt-4'], ...asks(picture) })).not.toBeNull();
  });
});

describe('a request that its model cannot serve', () => {
  it('is refused with three that would do, by name and by id', () => {
    const refusal = refusalOf({ model: 'openai/gpt-3.5-turbo-instruct', tools });

    expect(refusal).toMatchObject({
      code: 400,
      reason: 'model_lacks_capability',
      message: expect.stringMatching(
        /^OpenAI: GPT-3\.5 Turbo Instruct cannot use tools\. These would do: OpenAI: .*, .*, .*\.$/,
      ),
      action: expect.stringMatching(/^Choose another model, such as OpenAI: /),
      metadata: { model: 'openai/gpt-3.5-turbo-instruct' },
    });
    expect(refusal?.metadata['suggestions']).toHaveLength(3);
  });

  it('is told all that is missing, and the suggestions have all of it', () => {
    const rest = { model: 'openai/gpt-3.5-turbo-instruct', tools, ...asks(picture, sound) };

    expect(refusalOf(rest)?.message).toMatch(
      /cannot use tools and cannot read pictures and cannot read sound\./,
    );
    const needs = needsOf(aRequest(rest), false);
    const suggested = suggestionsOf(rest).map((id) => offer.listed.find(id));
    expect(suggested.every((model) => model && lacksOf(model, needs).length === 0)).toBe(true);
  });

  it.each<[string, Partial<ChatRequest>, string, RegExp]>([
    [
      'a picture',
      { model: 'openai/gpt-3.5-turbo', ...asks(picture) },
      'model_lacks_capability',
      /cannot read pictures/,
    ],
    [
      'drawing',
      { modalities: ['text', 'image'] },
      'model_lacks_capability',
      /cannot make pictures/,
    ],
    [
      'an unknown id',
      { model: 'openai/gpt-9' },
      'invalid_model_id',
      /^There is no model openai\/gpt-9 here/,
    ],
    ['a batch', { model: 'google/gemini-3.7-flash:batch' }, 'model_unavailable', /batches only/],
  ])('says why: %s', (_what, rest, reason, message) => {
    expect(refusalOf(rest)).toMatchObject({ reason, message: expect.stringMatching(message) });
    expect(suggestionsOf(rest)).toHaveLength(3);
  });

  it('is refused when nothing but its first model is unknown, as upstream would', () => {
    expect(refusalOf({ model: 'openai/gpt-9', models: ['openai/gpt-4o'] })).toMatchObject({
      reason: 'invalid_model_id',
    });
  });

  it('is refused after the last day of a model', () => {
    const later = { ...offer, at: new Date('2027-01-01T00:00:00Z') };

    expect(refusalOf({ model: 'z-ai/glm-4.5' })).toBeNull();
    expect(refusalOf({ model: 'z-ai/glm-4.5' }, false, later)).toMatchObject({
      reason: 'model_unavailable',
      message: expect.stringMatching(/was retired on 2026-12-31/),
    });
  });

  it('is refused when it surely does not fit, unless it is shortened', () => {
    const long = { messages: [{ role: 'user' as const, content: 'word '.repeat(130_000) }] };
    const compressed = { ...long, plugins: [{ id: 'context-compression' }] };

    expect(refusalOf(long)).toMatchObject({
      reason: 'context_length_exceeded',
      message: expect.stringMatching(
        /takes 128000 tokens, and this conversation has more than 130000/,
      ),
    });
    expect(suggestionsOf(long)).toHaveLength(3);
    expect(refusalOf(compressed)).toBeNull();
    expect(refusalOf({ ...long, transforms: ['middle-out'] })).toBeNull();
    expect(refusalOf({ ...long, transforms: [] })).not.toBeNull();
    expect(refusalOf({ ...long, model: 'google/gemini-2.5-flash' })).toBeNull();
  });

  it('passes a small context, which is shortened unless that is switched off', () => {
    const long = {
      model: 'openai/gpt-4',
      messages: [{ role: 'user' as const, content: 'word '.repeat(9_000) }],
    };
    const plugins = [{ id: 'context-compression', enabled: false }];

    expect(refusalOf(long)).toBeNull();
    expect(refusalOf({ ...long, plugins })).toMatchObject({ reason: 'context_length_exceeded' });
  });

  it.each(['openrouter/auto', '@preset/mine', 'ollama/mine'])(
    'is refused when money is limited and the price of %s is not known',
    (model) => {
      expect(refusalOf({ model }, true)).toMatchObject({
        reason: 'model_lacks_capability',
        message: expect.stringMatching(/cannot be kept to a spending limit/),
      });
    },
  );

  it('names what there is where no model would do', () => {
    const few = createListedModels(catalogue.filter(({ id }) => id === 'openai/gpt-3.5-turbo'));

    expect(refusalOf(asks(picture), false, { ...offer, listed: few })).toMatchObject({
      message: expect.stringMatching(/No model here would do\.$/),
      metadata: { suggestions: [] },
    });
  });
});

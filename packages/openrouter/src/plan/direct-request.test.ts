import type { ChatRequest } from '@openrouter-native/protocol';
import { aRequest } from '../testing/plan.ts';
import { needsOpenRouter, toDirectRequest } from './direct-request.ts';

describe('a request for a direct provider', () => {
  it('has none of the fields that only OpenRouter knows', () => {
    const request = aRequest({
      models: ['c/d'],
      provider: { sort: 'price' },
      plugins: [{ id: 'context-compression' }],
      session_id: 's',
      transforms: ['middle-out'],
      route: 'fallback',
      trace: {},
      temperature: 0.5,
      top_k: 3,
      user: 'u',
      stream: true,
    });

    expect(toDirectRequest(request, 'own')).toEqual({
      model: 'own',
      messages: request.messages,
      temperature: 0.5,
      top_k: 3,
      user: 'u',
      stream: true,
    });
  });

  it.each([
    [{ effort: 'low', exclude: true }, { reasoning_effort: 'low' }],
    [{ max_tokens: 500 }, {}],
    [{ enabled: true }, {}],
  ])('says %j in the words of OpenAI', (reasoning, expected) => {
    expect(toDirectRequest(aRequest({ reasoning }), 'own')).toEqual({
      ...aRequest({ model: 'own' }),
      ...expected,
    });
  });

  it('takes the reasoning out of earlier answers', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: 'Hello',
        reasoning: 'Hm',
        reasoning_details: [{ type: 'reasoning.text' }],
      },
    ];

    expect(toDirectRequest(aRequest({ messages }), 'own').messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ]);
  });
});

it.each<[string, Partial<ChatRequest>]>([
  ['zero retention', { provider: { zdr: true } }],
  ['a highest price', { provider: { max_price: { prompt: 1 } } }],
  ['certain providers', { provider: { only: ['x'] } }],
  ['others than these', { provider: { ignore: ['x'] } }],
  ['an order', { provider: { order: ['x'] } }],
  ['a quantization', { provider: { quantizations: ['fp8'] } }],
  ['a data policy', { provider: { data_collection: 'deny' } }],
  ['no other provider', { provider: { allow_fallbacks: false } }],
  ['a preset', { preset: 'x' }],
  ['files to be read', { plugins: [{ id: 'file-parser' }] }],
  ['a search', { tools: [{ type: 'openrouter:web_search' }] }],
])('only OpenRouter can give a request %s', (_what, rest) => {
  expect(needsOpenRouter(aRequest(rest))).toBe(true);
});

it.each<[string, Partial<ChatRequest>]>([
  ['nothing special', {}],
  ['cheap providers first', { provider: { sort: 'price', allow_fallbacks: true, zdr: null } }],
  ['compression', { plugins: [{ id: 'context-compression' }] }],
  ['no search', { plugins: [{ id: 'web', enabled: false }] }],
  ['a function', { tools: [{ type: 'function', function: { name: 'f' } }] }],
])('anybody can give a request %s', (_what, rest) => {
  expect(needsOpenRouter(aRequest(rest))).toBe(false);
});

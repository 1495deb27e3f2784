import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { aModel, aRequest } from '../testing/plan.ts';
import type { Change } from './change.ts';
import { fitToModel } from './supported.ts';

function fit(rest: Partial<ChatRequest>, about: Partial<Model>) {
  const original = aRequest(rest);
  const changes: Change[] = [];
  const request = fitToModel(aModel('a/b', about))(original, (change) => changes.push(change));
  return { request, changes, isSame: request === original };
}

describe('parameters', () => {
  const about = { supported_parameters: ['temperature', 'max_tokens'] };

  it('that the model does not know are left out and told', () => {
    const { request, changes } = fit({ temperature: 0.5, top_k: 3, seed: 0 }, about);

    expect(request).toEqual(aRequest({ temperature: 0.5 }));
    expect(changes).toEqual([
      { field: 'top_k', change: 'not supported by a/b, left out' },
      { field: 'seed', change: 'not supported by a/b, left out' },
    ]);
  });

  it.each<Partial<ChatRequest>>([
    { tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'auto' },
    { response_format: { type: 'json_schema' } },
    { modalities: ['image'] },
    { max_completion_tokens: 9 },
    { reasoning: { effort: 'low' } },
    { plugins: [{ id: 'file-parser' }] },
    { brand_new: 1 },
    { top_k: null },
  ])('that are part of the question are kept: %j', (rest) => {
    expect(fit(rest, about).isSame).toBe(true);
  });

  it.each([[], null, undefined])('are all kept when nothing is known of them: %j', (known) => {
    const unknown = known === undefined ? {} : { supported_parameters: known };

    expect(fit({ top_k: 3 }, unknown).isSame).toBe(true);
  });

  it('are all kept when the request says that they are required', () => {
    const rest = {
      top_k: 3,
      reasoning: { effort: 'none' },
      provider: { require_parameters: true },
    };

    expect(fit(rest, { ...about, reasoning: { mandatory: true } }).isSame).toBe(true);
  });
});

describe('the effort of reasoning', () => {
  it.each<[string, Model['reasoning'], string]>([
    ['high', { supported_efforts: ['high', 'low'] }, 'high'],
    ['max', { supported_efforts: ['high', 'low'] }, 'high'],
    ['xhigh', { supported_efforts: ['max', 'high', 'low'] }, 'max'],
    ['minimal', { supported_efforts: ['high', 'medium'] }, 'medium'],
    ['medium', { supported_efforts: ['high'] }, 'high'],
    ['none', { supported_efforts: ['high', 'low'] }, 'none'],
    ['none', { mandatory: true, supported_efforts: ['high', 'low'] }, 'low'],
    ['none', { mandatory: true, supported_efforts: ['high', 'none'] }, 'high'],
    ['none', { mandatory: true, supported_efforts: null }, 'minimal'],
    ['none', { mandatory: true, supported_efforts: ['none'] }, 'none'],
    ['low', { supported_efforts: ['ultra'] }, 'low'],
    ['ultra', { supported_efforts: ['high'] }, 'ultra'],
    ['xhigh', {}, 'xhigh'],
    ['low', null, 'low'],
  ])('%s with %j becomes %s', (wanted, reasoning, effort) => {
    const long = fit({ reasoning: { effort: wanted, exclude: true } }, { reasoning });
    const short = fit({ reasoning_effort: wanted }, { reasoning });

    expect(long.request).toEqual(aRequest({ reasoning: { effort, exclude: true } }));
    expect(short.request).toEqual(aRequest({ reasoning_effort: effort }));
    for (const { changes, isSame } of [long, short]) {
      expect(isSame).toBe(wanted === effort);
      expect(changes).toHaveLength(wanted === effort ? 0 : 1);
    }
  });

  it.each([
    [{}, { effort: 'high' }],
    [{ effort: null }, { effort: 'high' }],
    [{ effort: 'low' }, { effort: 'low' }],
    [{ max_tokens: 9 }, { max_tokens: 9, effort: 'high' }],
  ])('is sent once when it was said twice: %j', (reasoning, expected) => {
    const { request, changes } = fit({ reasoning_effort: 'high', reasoning }, {});

    expect(request).toEqual(aRequest({ reasoning: expected }));
    expect(changes.map(({ field }) => field)).toEqual(['reasoning_effort']);
  });
});

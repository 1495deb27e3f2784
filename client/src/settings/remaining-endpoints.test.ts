import type { Endpoint } from '@openrouter-native/protocol';
import { noPreferences, type ProviderPreferences } from './provider-preferences.ts';
import {
  endpointRequest,
  remainingEndpoints,
  type EndpointRequest,
} from './remaining-endpoints.ts';
import { anEndpoint } from './testing.ts';

const MODEL = 'deepseek/deepseek-v3.2';
const price = (prompt: string, completion: string, discount?: number) => ({
  pricing: { prompt, completion, ...(discount !== undefined && { discount }) },
});

const deepseek = anEndpoint('deepseek', {
  ...price('0.00000025', '0.0000004'),
  max_completion_tokens: 8192,
  supported_parameters: ['temperature', 'tools', 'max_tokens'],
  quantization: null,
});
const fp8 = anEndpoint('deepinfra/fp8', {
  ...price('0.0000003', '0.0000009'),
  quantization: 'fp8',
  supported_parameters: ['temperature', 'max_tokens', 'seed'],
  throughput_last_30m: { p50: 90 },
  latency_last_30m: { p50: 900 },
});
const bf16 = anEndpoint('deepinfra/bf16', {
  ...price('0.000002', '0.000004', 0.9),
  quantization: 'bf16',
  throughput_last_30m: { p50: 30 },
  latency_last_30m: { p50: 300 },
});
const priority = anEndpoint('deepinfra/priority', price('0.0000006', '0.0000018'));
const endpoints = [bf16, priority, fp8, deepseek];

function judge(
  preferences: Partial<ProviderPreferences> = {},
  request: Partial<EndpointRequest> = {},
  of: readonly Endpoint[] = endpoints,
) {
  const { remaining, excluded } = remainingEndpoints(
    of,
    { ...noPreferences, ...preferences },
    { ...endpointRequest(MODEL, {}, false), ...request },
  );
  return {
    remaining: remaining.map(({ tag }) => tag),
    excluded: Object.fromEntries(
      excluded.map(({ endpoint, exclusion }) => [endpoint.tag, exclusion.why]),
    ),
  };
}

it('leaves all but the other service tiers, the cheapest after its discount first', () => {
  expect(judge()).toEqual({
    remaining: ['deepinfra/bf16', 'deepseek', 'deepinfra/fp8'],
    excluded: { 'deepinfra/priority': 'tier' },
  });
});

describe('tiers serve only who asks for them', () => {
  it.each<[string, Partial<ProviderPreferences>, Partial<EndpointRequest>]>([
    ['by the full tag', { only: ['deepinfra/priority'] }, {}],
    ['by the order', { order: ['deepinfra/priority'] }, {}],
    ['by name', {}, { serviceTier: 'priority' }],
    ['by the variant', {}, { modelId: `${MODEL}:nitro` }],
  ])('%s', (_how, preferences, request) => {
    expect(judge(preferences, request).remaining).toContain('deepinfra/priority');
  });

  it('and not by the name of the provider', () => {
    expect(judge({ only: ['deepinfra'] })).toEqual({
      remaining: ['deepinfra/bf16', 'deepinfra/fp8'],
      excluded: { deepseek: 'notOnly', 'deepinfra/priority': 'tier' },
    });
  });
});

it.each<[Partial<ProviderPreferences>, string[], Record<string, string>]>([
  [{ ignore: ['deepinfra/fp8'] }, ['deepinfra/bf16', 'deepseek'], { 'deepinfra/fp8': 'ignored' }],
  [
    { order: ['deepseek'], allowsFallbacks: false },
    ['deepseek'],
    { 'deepinfra/bf16': 'notInOrder', 'deepinfra/fp8': 'notInOrder' },
  ],
  [
    { quantizations: ['fp8', 'unknown'] },
    ['deepseek', 'deepinfra/fp8'],
    { 'deepinfra/bf16': 'quantization' },
  ],
  [{ maxPromptUsd: 0.2 }, ['deepinfra/bf16'], { deepseek: 'promptPrice' }],
  [
    { maxCompletionUsd: 0.4 },
    ['deepinfra/bf16', 'deepseek'],
    { 'deepinfra/fp8': 'completionPrice' },
  ],
  [{ only: ['anthropic'] }, [], { deepseek: 'notOnly' }],
])('%j leaves %j', (preferences, remaining, excluded) => {
  const judged = judge(preferences);

  expect(judged.remaining).toEqual(remaining);
  expect(judged.excluded).toMatchObject(excluded);
});

it('counts an unknown price as above any limit', () => {
  const unknown = anEndpoint('x', price('-1', '-1'));

  expect(judge({ maxPromptUsd: 1000 }, {}, [unknown]).excluded).toEqual({ x: 'promptPrice' });
  expect(judge({}, {}, [unknown]).remaining).toEqual(['x']);
});

describe('what the request needs', () => {
  it('are tools, and room for the answer', () => {
    expect(judge({}, { needsTools: true }).excluded).toMatchObject({ 'deepinfra/fp8': 'tools' });
    expect(judge({}, { maxTokens: 10_000 }).excluded).toMatchObject({ deepseek: 'length' });
  });

  it('are all of its parameters, where that is required; who says nothing may know them', () => {
    const request = endpointRequest(MODEL, { temperature: 1, seed: 3 }, true);

    expect(judge({}, { ...request, needsTools: false }).remaining).toHaveLength(3);
    const { excluded } = remainingEndpoints(
      [deepseek, fp8, bf16],
      { ...noPreferences, requiresParameters: true },
      { ...request, needsTools: false },
    );
    expect(excluded.map(({ exclusion }) => exclusion)).toEqual([
      { why: 'parameters', missing: ['seed'] },
      { why: 'parameters', missing: ['tools'] },
    ]);
  });

  it('are read off the parameters', () => {
    const schema = { type: 'json_schema', json_schema: { name: 'a', schema: {} } };

    expect(
      endpointRequest(
        MODEL,
        {
          max_completion_tokens: 99,
          response_format: schema,
          tools: [{ type: 'openrouter:web_search' }],
          service_tier: 'flex',
          provider: { zdr: true },
        },
        false,
      ),
    ).toEqual({
      modelId: MODEL,
      parameters: ['max_completion_tokens', 'response_format', 'tools', 'structured_outputs'],
      needsTools: true,
      maxTokens: 99,
      serviceTier: 'flex',
    });
  });
});

describe('the order', () => {
  it.each<[Partial<ProviderPreferences>, string[]]>([
    [{ sort: 'throughput' }, ['deepinfra/fp8', 'deepinfra/bf16', 'deepseek']],
    [{ sort: 'latency' }, ['deepinfra/bf16', 'deepinfra/fp8', 'deepseek']],
    [
      { order: ['deepinfra/fp8', 'deepseek'], sort: 'price' },
      ['deepinfra/fp8', 'deepseek', 'deepinfra/bf16'],
    ],
  ])('of %j is %j', (preferences, remaining) => {
    expect(judge(preferences).remaining).toEqual(remaining);
  });

  it('of a variant goes before what is preferred', () => {
    const { remaining } = judge({ sort: 'latency' }, { modelId: `${MODEL}:floor` });

    expect(remaining).toEqual(['deepinfra/bf16', 'deepseek', 'deepinfra/fp8']);
  });
});

import type { Model } from '@openrouter-native/protocol';
import { compareModels, comparePrices, isCheaper, isDearer } from './compare-models.ts';
import { aModel } from './testing.ts';

const able = aModel({
  context_length: 200_000,
  architecture: { input_modalities: ['text', 'image'] },
  supported_parameters: ['tools', 'reasoning', 'response_format', 'structured_outputs'],
});
const plain = (fields: Partial<Model> = {}) =>
  aModel({
    id: 'x/plain',
    context_length: 32_000,
    supported_parameters: ['temperature', 'response_format'],
    ...fields,
  });

it.each([
  ['0.000001', '0.000001', 'same', null],
  ['0.000001', '0.000003', 'times', 3],
  ['0.000004', '0.000001', 'times', 0.25],
  ['0', '0.000001', 'notFree', null],
  ['0.000001', '-1', 'unknown', null],
  ['-1', '0.000001', 'unknown', null],
])('compares %s with %s: %s %s', (before, after, type, factor) => {
  const comparison = comparePrices(before, after);

  expect(comparison.type).toBe(type);
  expect('factor' in comparison ? Number(comparison.factor.toFixed(6)) : null).toBe(factor);
});

it('names what the stand-in lacks', () => {
  expect(compareModels(able, plain(), {})).toMatchObject({
    missing: ['vision', 'tools', 'reasoning'],
    smallerContext: 32_000,
    ignored: [],
  });
  expect(compareModels(plain(), able, {})).toMatchObject({ missing: [], smallerContext: null });
});

it('does not call a context smaller that nobody knows', () => {
  expect(compareModels(able, plain({ context_length: null }), {}).smallerContext).toBeNull();
});

it('names what of the settings the stand-in would ignore', () => {
  const schema = { type: 'json_schema', json_schema: { name: 'a', schema: {} } };
  const tools = [{ type: 'openrouter:web_search' }];

  expect(compareModels(able, plain(), { response_format: schema, seed: 1 }).ignored).toEqual([
    'response_format',
    'seed',
  ]);
  expect(
    compareModels(able, plain(), { response_format: { type: 'json_object' } }).ignored,
  ).toEqual([]);
  expect(compareModels(able, plain(), { tools }).ignored).toEqual([]); // Among what is missing.
});

const at = (prompt: string, completion: string) =>
  compareModels(able, plain({ pricing: { prompt, completion } }), {});

describe('dearer and cheaper', () => {
  it.each([
    ['0.000002', '0.000001', true, false],
    ['0.0000005', '0.000005', false, true],
    ['0.000001', '0.000005', false, false],
    ['0.0000005', '-1', false, false],
    ['0.0000005', '0.000009', true, false],
  ])('%s in and %s out: dearer %s, cheaper %s', (prompt, completion, dearer, cheaper) => {
    expect(isDearer(at(prompt, completion))).toBe(dearer);
    expect(isCheaper(at(prompt, completion))).toBe(cheaper);
  });

  it('whatever costs something is dearer than what is free', () => {
    const free = aModel({ pricing: { prompt: '0', completion: '0' } });

    expect(isDearer(compareModels(free, plain(), {}))).toBe(true);
  });
});

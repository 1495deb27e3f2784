import { jsonText, parseJsonObject } from './json-text.ts';
import { FIRST_SCHEMA, isSchemaName, readFormat, writeFormat } from './response-format.ts';
import { isSameJson } from './same-json.ts';
import { countAll, countSettings } from './summary.ts';
import { aModel } from './testing.ts';
import { unusedParameters, withoutUnused } from './unused-parameters.ts';

describe('the form of an answer', () => {
  it('is sent as OpenRouter wants it, and reads the same', () => {
    const parameters = writeFormat({}, FIRST_SCHEMA);

    expect(parameters).toEqual({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: FIRST_SCHEMA.schema },
      },
    });
    expect(readFormat(parameters)).toEqual(FIRST_SCHEMA);
    expect(writeFormat(parameters, { type: 'json_object' })).toEqual({
      response_format: { type: 'json_object' },
    });
    expect(writeFormat(parameters, null)).toEqual({});
  });

  it.each([
    ['city_2-b', true],
    ['', false],
    ['a b', false],
    ['a'.repeat(65), false],
  ])('has a name such as %j: %s', (name, isName) => expect(isSchemaName(name)).toBe(isName));
});

describe('JSON that is typed', () => {
  it.each([
    ['', { type: 'empty' }],
    [' {"a":1}', { type: 'object', value: { a: 1 } }],
    ['[1]', { type: 'wrong', why: 'noObject' }],
    ['{\n"a": 1,\n}', { type: 'wrong', why: 'noJson', line: 3 }],
    ['{"a": ', { type: 'wrong', why: 'noJson', line: 1 }],
  ])('%j reads as %j', (text, typed) => expect(parseJsonObject(text)).toEqual(typed));

  it('of nothing is an empty field', () => {
    expect(jsonText({})).toBe('');
    expect(jsonText({ a: 1 })).toBe('{\n  "a": 1\n}');
  });
});

it('knows the same JSON in another order', () => {
  expect(isSameJson({ a: [1, { c: 2, d: 3 }], b: null }, { b: null, a: [1, { d: 3, c: 2 }] })).toBe(
    true,
  );
  expect(isSameJson([1, 2], [2, 1])).toBe(false);
  expect(isSameJson({ a: 1 }, { a: '1' })).toBe(false);
});

describe('what a model does not use', () => {
  const plain = aModel({ supported_parameters: ['temperature'] });
  const parameters = {
    temperature: 1,
    top_k: 4,
    reasoning: { effort: 'low' },
    stop: ['a'],
    max_completion_tokens: 9,
  };

  it('is named with its value', () => {
    expect(unusedParameters(parameters, plain)).toEqual([
      { name: 'top_k', value: '4' },
      { name: 'max_tokens', value: '9' },
      { name: 'stop', value: '["a"]' },
      { name: 'reasoning', value: '{"effort":"low"}' },
    ]);
    expect(unusedParameters(parameters, undefined)).toEqual([]);
  });

  it('can be taken out, one by one', () => {
    const { temperature, top_k: topK, stop, reasoning } = parameters;

    expect(withoutUnused(parameters, 'max_tokens', plain)).toEqual({
      temperature,
      top_k: topK,
      stop,
      reasoning,
    });
    expect(withoutUnused({ reasoning }, 'reasoning', plain)).toEqual({});
  });
});

describe('what differs from the defaults', () => {
  it('is counted by part', () => {
    const settings = {
      promptPrefix: 'Be kind.',
      model_parameters: {
        temperature: 1,
        logprobs: true,
        stop: [],
        reasoning: { effort: 'low', exclude: true, summary: 'auto' },
        tools: [{ type: 'openrouter:web_search' }, { type: 'openrouter:datetime' }],
        models: ['a/b', 'c/d'],
        fallbacks: 'none',
        provider: { zdr: true, preferred_max_latency: 2 },
      },
      spending_limit: 0.1,
      recursion_limit: null,
    };

    expect(countSettings(settings)).toEqual({
      system: 1,
      parameters: 5, // Further ones among them: logprobs, summary, datetime, latency.
      reasoning: 2,
      search: 1,
      fallbacks: 2,
      providers: 1,
      limits: 1,
    });
    expect(countAll(settings)).toBe(13);
    expect(countAll({ ...settings, agent_id: 'agent_1' })).toBe(1);
  });

  it('is nothing at first', () => {
    expect(countAll({})).toBe(0);
    expect(countAll({ promptPrefix: '', model_parameters: {}, spending_limit: null })).toBe(0);
  });
});

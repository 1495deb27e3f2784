import { aModel } from './testing.ts';
import {
  defaultOf,
  numberParameters,
  rangeOn,
  readNumber,
  readStops,
  takes,
  withParameter,
  writeNumber,
} from './parameters.ts';

const LENGTH = numberParameters.find(({ name }) => name === 'max_tokens');

describe('takes', () => {
  const model = aModel({ supported_parameters: ['temperature', 'max_completion_tokens'] });

  it.each([
    ['temperature', true],
    ['top_k', false],
    ['max_tokens', true],
  ])('%s: %s', (name, isTaken) => expect(takes(model, name)).toBe(isTaken));

  it.each([[undefined], [aModel({ supported_parameters: [] })], [aModel()]])(
    'claims nothing of a model that the catalogue says nothing of',
    (unknown) => expect(takes(unknown, 'temperature')).toBeNull(),
  );
});

it('knows the defaults of a model, and that others are unknown', () => {
  const model = aModel({ default_parameters: { temperature: 0.6, top_p: null } });

  expect(defaultOf(model, 'temperature')).toBe(0.6);
  expect(defaultOf(model, 'top_p')).toBeNull();
  expect(defaultOf(model, 'top_k')).toBeNull();
  expect(defaultOf(aModel({ default_parameters: null }), 'temperature')).toBeNull();
});

it('lets no answer be longer than the model writes', () => {
  const model = aModel({ top_provider: { max_completion_tokens: 8192 } });

  expect(LENGTH && rangeOn(model, LENGTH)).toMatchObject({ min: 1, max: 8192 });
  expect(LENGTH && rangeOn(undefined, LENGTH)).toMatchObject({ min: 1, max: null });
});

describe('the length of an answer', () => {
  const newer = aModel({ supported_parameters: ['max_completion_tokens'] });
  const older = aModel({ supported_parameters: ['max_tokens', 'max_completion_tokens'] });

  it('is sent under the name that the model knows, and only under one', () => {
    expect(writeNumber({ max_tokens: 5 }, 'max_tokens', 9, newer)).toEqual({
      max_completion_tokens: 9,
    });
    expect(writeNumber({ max_completion_tokens: 5 }, 'max_tokens', 9, older)).toEqual({
      max_tokens: 9,
    });
    expect(writeNumber({ max_completion_tokens: 5 }, 'max_tokens', null, older)).toEqual({});
  });

  it('is read under either name', () => {
    expect(readNumber({ max_completion_tokens: 7 }, 'max_tokens')).toBe(7);
    expect(readNumber({ max_tokens: 'many' }, 'max_tokens')).toBeNull();
  });
});

it.each([
  [{ stop: 'END' }, ['END']],
  [{ stop: ['a', 1, 'b'] }, ['a', 'b']],
  [{ stop: '' }, []],
  [{}, []],
])('reads the stops of %j', (parameters, stops) => expect(readStops(parameters)).toEqual(stops));

it.each([null, undefined, '', [], {}])('does not send %j', (nothing) => {
  expect(withParameter({ seed: 1, stop: ['x'] }, 'stop', nothing)).toEqual({ seed: 1 });
});

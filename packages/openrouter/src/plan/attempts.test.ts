import { aRequest, aRoute } from '../testing/plan.ts';
import { modelChain, planAttempts, requestOf } from './attempts.ts';

const first = aRoute('openrouter');
const second = aRoute('openrouter-2');
const ids = (count: number) => Array.from({ length: count }, (_, index) => `a/${index + 1}`);
const planned = (chain: string[], routes = [first]) =>
  planAttempts(chain, routes).map(({ route, models }) => [route.id, ...models]);

describe('the models a request names', () => {
  it.each([
    ['none', {}, []],
    ['one', { model: 'a/1' }, ['a/1']],
    ['a list without a first', { models: ['a/1', 'a/2'] }, ['a/1', 'a/2']],
    ['both', { model: 'a/1', models: ['a/2', 'a/3'] }, ['a/1', 'a/2', 'a/3']],
    ['some twice', { model: 'a/1', models: ['a/2', 'a/1', 'a/2'] }, ['a/1', 'a/2']],
    ['a list that is null', { model: 'a/1', models: null }, ['a/1']],
    ['more than ten', { models: ids(12) }, ids(10)],
  ])('are a chain: %s', (_what, named, chain) => {
    const { model: _model, ...request } = aRequest();

    expect(modelChain({ ...request, ...named })).toEqual(chain);
  });
});

describe('the calls that may answer', () => {
  it('ask for three models at once', () => {
    expect(planned(ids(10))).toEqual([
      ['openrouter', 'a/1', 'a/2', 'a/3'],
      ['openrouter', 'a/4', 'a/5', 'a/6'],
      ['openrouter', 'a/7', 'a/8', 'a/9'],
      ['openrouter', 'a/10'],
    ]);
  });

  it('ask every key for the better models before any key for the others', () => {
    expect(planned(ids(4), [first, second])).toEqual([
      ['openrouter', 'a/1', 'a/2', 'a/3'],
      ['openrouter-2', 'a/1', 'a/2', 'a/3'],
      ['openrouter', 'a/4'],
      ['openrouter-2', 'a/4'],
    ]);
  });

  it('ask a direct provider for the best model it offers, and for none that it does not', () => {
    const groq = aRoute('groq', { 'a/2': 'two', 'a/3': 'three' });
    const ollama = aRoute('ollama', { 'a/4': 'four' });

    expect(planned(ids(4), [first, groq, ollama])).toEqual([
      ['openrouter', 'a/1', 'a/2', 'a/3'],
      ['groq', 'a/2'],
      ['openrouter', 'a/4'],
      ['ollama', 'a/4'],
    ]);
  });

  it.each(['a/1:nitro', 'a/1:floor', 'a/1:exacto:nitro'])(
    'take %s for a/1 where nobody routes',
    (model) => {
      expect(planned([model], [aRoute('groq', { 'a/1': 'one' })])).toEqual([['groq', model]]);
    },
  );

  it.each(['a/1:free', 'constructor', '__proto__', 'toString'])(
    'do not take %s for a model of a direct provider',
    (model) => {
      expect(planned([model], [aRoute('groq', { 'a/1': 'one' })])).toEqual([]);
    },
  );

  it('leave the choice to OpenRouter when no model is named', () => {
    const groq = aRoute('groq', { 'a/1': 'one' });

    expect(planned([], [first, groq])).toEqual([['openrouter']]);
  });
});

describe('what a call sends', () => {
  it('is the very request when it names no model', () => {
    const request = aRequest();

    expect(requestOf({ route: first, models: [] }, request)).toBe(request);
  });

  it('keeps the order of the fields', () => {
    const request = { zeta: 1, ...aRequest(), alpha: { b: 1, a: 2 } };

    expect(JSON.stringify(requestOf({ route: first, models: ['a/b'] }, request))).toBe(
      JSON.stringify(request),
    );
  });

  it('names the models of its group and no others', () => {
    const request = aRequest({ models: ids(5) });

    expect(requestOf({ route: first, models: ['a/4', 'a/5'] }, request)).toEqual({
      ...request,
      model: 'a/4',
      models: ['a/5'],
    });
    expect(requestOf({ route: first, models: ['a/5'] }, request)).toEqual(
      aRequest({ model: 'a/5' }),
    );
  });

  it("uses a direct provider's own name of the model", () => {
    const groq = aRoute('groq', { 'a/1': 'one' });

    expect(requestOf({ route: groq, models: ['a/1:nitro'] }, aRequest()).model).toBe('one');
  });
});

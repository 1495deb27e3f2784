import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { aModel, aRequest } from '../testing/plan.ts';
import { chooseChain } from './fallbacks.ts';

const priced = (id: string, prompt: string, completion: string) =>
  aModel(id, { pricing: { prompt, completion } });

const models = [
  priced('a/dear', '0.00001', '0.00003'),
  priced('a/middle', '0.000003', '0.000009'),
  priced('a/cheap', '0.000001', '0.000002'),
  priced('a/cheap-in-only', '0.000001', '0.00009'),
  priced('a/gratis', '0', '0'),
  priced('a/gift:free', '0', '0'),
  priced('a/varies', '-1', '-1'),
];
const presets = {
  default: ['a/cheap'],
  all: models.map(({ id }) => id),
  unknown: ['x/new', 'x/new:free'],
  long: Array.from({ length: 12 }, (_, index) => `l/${index}:free`),
};

/** The chain after the models that the request names itself. */
function fallbacksOf(rest: Partial<ChatRequest>, known: readonly Model[] = models): string[] {
  const request = aRequest({ model: 'a/middle', ...rest });
  const facts = (id: string) => known.find((model) => model.id === id);
  return chooseChain(request, { presets, facts }).chain.slice(1 + (request.models?.length ?? 0));
}

it('are those of the default preset unless the request says otherwise', () => {
  expect(fallbacksOf({})).toEqual(['a/cheap']);
  expect(fallbacksOf({ fallbacks: null })).toEqual(['a/cheap']);
  expect(fallbacksOf({ fallbacks: 'none' })).toEqual([]);
  expect(fallbacksOf({ fallbacks: false })).toEqual([]);
  expect(chooseChain(aRequest(), { presets: {}, facts: () => undefined }).chain).toEqual(['a/b']);
});

it.each(['nope', '', 'constructor', '__proto__', 'hasOwnProperty', 7, ['a/cheap'], {}, true])(
  'cannot come from the preset %j, which is not configured',
  (fallbacks) => {
    expect(() => fallbacksOf({ fallbacks: fallbacks as string })).toThrow(
      expect.objectContaining({
        reason: 'invalid_request',
        message: 'fallbacks: there is no such preset (default, all, unknown, long).',
      }),
    );
  },
);

it('leave out what this request may not come to, however cheap', () => {
  const request = aRequest({ model: 'a/middle', models: ['x/new'], fallbacks: 'all' });
  const chosen = chooseChain(request, {
    presets,
    facts: (id) => models.find((model) => model.id === id),
    mayFallBackTo: (model) => model === 'a/gratis',
  });

  expect(chosen.chain).toEqual(['a/middle', 'x/new', 'a/gratis']); // The second one is named.
});

/** The whole chain, when no price is known. */
const chain = (rest: Partial<ChatRequest>) =>
  chooseChain(aRequest(rest), { presets, facts: () => undefined }).chain;

it('come after the models that the request names, each model once, ten at most', () => {
  expect(chain({ models: ['c/d', 'a/cheap'] })).toEqual(['a/b', 'c/d', 'a/cheap']);
  expect(chain({ fallbacks: 'long' })).toHaveLength(10);
});

it('take the place of no model that was left to OpenRouter', () => {
  const { model: _model, ...request } = aRequest({ fallbacks: 'all' });

  expect(chooseChain(request, { presets, facts: () => undefined })).toEqual({
    chain: [],
    request: { messages: request.messages },
  });
});

it('leave no field of ours in the request, and change nothing else', () => {
  const request = aRequest({ temperature: 1, provider: { max_price: { prompt: 1 } } });
  const asked = { ...request, fallbacks: 'all', allow_dearer_fallbacks: true };

  expect(chooseChain(asked, { presets, facts: () => undefined }).request).toEqual(request);
});

it.each(['openrouter/auto', 'openrouter/free'])(
  'are none for %s, which chooses itself',
  (model) => {
    expect(
      chooseChain(aRequest({ model, models: ['a/cheap'], fallbacks: 'all' }), {
        presets,
        facts: () => undefined,
      }).chain,
    ).toEqual([model]);
  },
);

it('never are a router', () => {
  const preset = { default: ['openrouter/auto', 'c/d'] };

  expect(
    chooseChain(aRequest({ models: ['openrouter/auto'] }), {
      presets: preset,
      facts: () => undefined,
    }).chain,
  ).toEqual(['a/b', 'c/d']);
});

describe('are not dearer', () => {
  const all = { fallbacks: 'all' };

  it('than the first model, in neither price', () => {
    expect(fallbacksOf(all)).toEqual(['a/cheap', 'a/gratis', 'a/gift:free']);
  });

  it.each([
    [{ prompt: 10, completion: 30 }, ['a/dear', 'a/cheap', 'a/gratis', 'a/gift:free']],
    [{ prompt: '1', completion: '2' }, ['a/cheap', 'a/gratis', 'a/gift:free']],
    [{ prompt: 10 }, ['a/cheap', 'a/gratis', 'a/gift:free']],
    [{ prompt: 1, completion: 90 }, ['a/cheap', 'a/cheap-in-only', 'a/gratis', 'a/gift:free']],
    [{ prompt: 0, completion: 0 }, ['a/gratis', 'a/gift:free']],
    [{ prompt: 'much' }, ['a/cheap', 'a/gratis', 'a/gift:free']],
  ])('than a max_price of %j dollars per million tokens', (max_price, expected) => {
    expect(fallbacksOf({ ...all, provider: { max_price } })).toEqual(expected);
  });

  it.each([{}, { provider: { max_price: { prompt: 100, completion: 100 } } }])(
    'than nothing after a free model, with %j',
    (rest) => {
      expect(fallbacksOf({ ...all, ...rest, model: 'a/gift:free' })).toEqual(['a/gratis']);
      expect(fallbacksOf({ ...all, ...rest, model: 'x/unlisted:free' })).toEqual([
        'a/gratis',
        'a/gift:free',
      ]);
    },
  );

  it('as far as prices are known', () => {
    expect(fallbacksOf({ fallbacks: 'unknown' })).toEqual(['x/new:free']);
    expect(fallbacksOf({ fallbacks: 'unknown', model: 'x/first' })).toEqual([
      'x/new',
      'x/new:free',
    ]);
    expect(fallbacksOf({ fallbacks: 'unknown' }, [])).toEqual(['x/new', 'x/new:free']);
  });

  it('unless the request allows for it in so many words', () => {
    expect(fallbacksOf({ ...all, allow_dearer_fallbacks: true })).toHaveLength(6);
    expect(fallbacksOf({ ...all, allow_dearer_fallbacks: 'yes' as never })).toHaveLength(3);
    expect(
      fallbacksOf({ ...all, model: 'a/gift:free', allow_dearer_fallbacks: true }),
    ).toHaveLength(6);
  });
});

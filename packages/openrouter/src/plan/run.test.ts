import { reasonFacts, type ChatRequest, type ErrorReason } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import { aRequest, aRoute, anError } from '../testing/plan.ts';
import { planAttempts } from './attempts.ts';
import { defaultRetry } from './backoff.ts';
import { createBench } from './bench.ts';
import { createCircuits, defaultCircuit } from './circuits.ts';
import type { Route } from './route.ts';
import { runPlan, type RunOptions } from './run.ts';

const key1 = aRoute('key-1');
const key2 = aRoute('key-2');
const groq = aRoute('groq', { 'a/b': 'own' });

/** What a call does: fails, answers, or something of the test's own. */
type Step = OpenRouterError | 'answer' | (() => Promise<string>);

interface Scene {
  steps: Step[];
  models?: string[];
  routes?: Route[];
  request?: Partial<ChatRequest>;
  run?: Partial<RunOptions<string>>;
}

/** Runs a plan whose calls do `steps` one after the other, on a clock that stands still but for waits. */
async function play({ steps, models = ['a/b'], routes = [key1], request, run }: Scene) {
  const calls: string[] = [];
  const sent: ChatRequest[] = [];
  const waits: number[] = [];
  const left = [...steps];
  const startedAt = performance.now();
  let at = startedAt;
  const outcome = runPlan<string>({
    attempts: planAttempts(models, routes),
    request: aRequest(request),
    perform: async (attempt, body) => {
      waits.push(performance.now() - at);
      calls.push([attempt.route.id, ...attempt.models].join(' '));
      sent.push(body);
      const step = left.shift();
      try {
        if (step === undefined) throw new Error('One call more than expected');
        if (step instanceof OpenRouterError) throw step;
        const value = step === 'answer' ? step : await step();
        return { value, model: `${attempt.models[0]}-2026`, provider: 'Alpha' };
      } finally {
        at = performance.now();
      }
    },
    retry: { ...defaultRetry, baseMs: 10 },
    circuits: createCircuits(defaultCircuit),
    bench: createBench(() => 0),
    signal: undefined,
    random: () => 0.5,
    now: () => performance.now(),
    ...run,
  });
  const result = await outcome.then(
    (answer) => ({ answer, error: null }),
    (error: unknown) => ({ answer: null, error }),
  );
  expect(left).toEqual([]);
  return { ...result, calls, sent, waits, ms: performance.now() - startedAt };
}

const failing = (reason: ErrorReason, retryAfterMs?: number) => anError(reason, { retryAfterMs });

describe('what follows a failure', () => {
  const both = { models: ['a/1', 'a/2', 'a/3', 'a/4'], routes: [key1, key2] };
  const A1 = 'key-1 a/1 a/2 a/3';
  const A2 = 'key-2 a/1 a/2 a/3';
  const B1 = 'key-1 a/4';

  it.each<[ErrorReason, string, string[]]>([
    ['rate_limited_provider', 'the same call', [A1, A1]],
    ['rate_limited_platform', 'the same call', [A1, A1]],
    ['provider_error', 'the same call', [A1, A1]],
    ['provider_overloaded', 'the same call', [A1, A1]],
    ['upstream_unreachable', 'the same call', [A1, A1]],
    ['upstream_timeout', 'the same call', [A1, A1]],
    ['stream_cut', 'the same call', [A1, A1]],
    ['stream_stalled', 'the same call', [A1, A1]],
    ['malformed_response', 'the same call', [A1, A1]],
    ['in_flight_budget', 'the same call', [A1, A1]],
    ['key_invalid', 'another key', [A1, A2]],
    ['key_disabled', 'another key', [A1, A2]],
    ['key_limit_exceeded', 'another key', [A1, A2]],
    ['insufficient_credits', 'another key', [A1, A2]],
    ['negative_balance', 'another key', [A1, A2]],
    ['account_restricted', 'another key', [A1, A2]],
    ['guardrail_blocked', 'another key', [A1, A2]],
    ['permission_denied', 'another key', [A1, A2]],
    ['data_policy', 'another key', [A1, A2]],
    ['free_tier_limit', 'another key', [A1, A2]],
    ['can_only_afford', 'another key', [A1, A2]],
    ['moderation_blocked', 'another key', [A1, A2]],
    ['region_blocked', 'another key', [A1, A2]],
    ['invalid_model_id', 'another model', [A1, B1]],
    ['model_unavailable', 'another model', [A1, B1]],
    ['no_endpoints', 'another model', [A1, B1]],
    ['no_tool_endpoint', 'another model', [A1, B1]],
    ['parameter_not_supported', 'another model', [A1, B1]],
    ['context_length_exceeded', 'another model', [A1, B1]],
  ])('%s: %s', async (reason, _what, expected) => {
    const { answer, calls } = await play({ ...both, steps: [failing(reason), 'answer'] });

    expect(calls).toEqual(expected);
    expect(answer?.value).toBe('answer');
  });

  it.each<ErrorReason>(['invalid_request', 'payload_too_large', 'management_key_required'])(
    '%s: the end, because nothing else can help',
    async (reason) => {
      const { error, calls } = await play({ ...both, steps: [failing(reason)] });

      expect(calls).toEqual([A1]);
      expect(error).toMatchObject({ reason });
    },
  );

  const refusals = Object.entries(reasonFacts).filter(
    ([reason, { status }]) => [401, 402, 403].includes(status) && reason !== 'in_flight_budget',
  );
  it.each(refusals)('%s is never asked for again in the same way', async (name) => {
    const reason = name as ErrorReason;
    const { error, calls } = await play({ steps: [failing(reason)] });

    expect(calls).toEqual(['key-1 a/b']);
    expect(error).toMatchObject({ reason });
  });
});

describe('retries', () => {
  it('are two, then there are other ways, then the end', async () => {
    const { error, calls } = await play({
      routes: [key1, key2],
      steps: Array.from({ length: 4 }, () => failing('provider_error')),
    });

    expect(calls).toEqual(['key-1 a/b', 'key-1 a/b', 'key-1 a/b', 'key-2 a/b']);
    expect(error).toMatchObject({ reason: 'provider_error' });
  });

  it('wait as long as upstream asks', async () => {
    const { waits } = await play({ steps: [failing('rate_limited_platform', 60), 'answer'] });

    expect(waits[1]).toBeGreaterThanOrEqual(58);
    expect(waits[1]).toBeLessThan(1_000);
  });

  it('do not follow an error that says it is for good', async () => {
    const { calls } = await play({ steps: [anError('provider_error', { retryable: false })] });

    expect(calls).toHaveLength(1);
  });

  it('end when upstream asks for more patience than there is, which is then told', async () => {
    const { error, calls, ms } = await play({ steps: [failing('rate_limited_platform', 42_000)] });

    expect(calls).toHaveLength(1);
    expect(ms).toBeLessThan(1_000);
    expect((error as OpenRouterError).message).toMatch(/ Try again in 42 s\.$/);
    expect((error as OpenRouterError).toBody().error.retry_after).toBe(42);
  });

  it('give way to another key or model when they would take long', async () => {
    const { calls, ms } = await play({
      models: ['a/1', 'a/2', 'a/3', 'a/4'],
      steps: [failing('rate_limited_provider', 5_000), 'answer'],
    });

    expect(calls).toEqual(['key-1 a/1 a/2 a/3', 'key-1 a/4']);
    expect(ms).toBeLessThan(1_000);
  });

  it('are kept for the other way, if the first did not use them', async () => {
    const { calls } = await play({
      routes: [key1, key2],
      steps: [failing('rate_limited_provider', 7_000), failing('provider_error', 1_100), 'answer'],
      run: { retry: { ...defaultRetry, retries: 1 } },
    });

    expect(calls).toEqual(['key-1 a/b', 'key-2 a/b', 'key-2 a/b']);
  });

  it('do not repeat a failure that took long to come', async () => {
    let now = 0;
    const { calls } = await play({
      steps: [
        () => {
          now += 15_000;
          return Promise.reject(failing('upstream_timeout'));
        },
      ],
      run: { now: () => now },
    });

    expect(calls).toHaveLength(1);
  });
});

describe('a request that may be charged so many times and no more', () => {
  const lost: ErrorReason[] = [
    'upstream_timeout',
    'upstream_unreachable',
    'stream_cut',
    'stream_stalled',
    'malformed_response',
  ];
  const run = { maxChargedCalls: 1 };

  it.each(lost)('is not made again after %s, on any route or model', async (reason) => {
    const { calls, error } = await play({
      models: ['a/1', 'a/2', 'a/3', 'a/4'],
      routes: [key1, key2],
      steps: [failing(reason)],
      run,
    });

    expect(calls).toHaveLength(1);
    expect(error).toMatchObject({
      reason,
      details: { metadata: { attempts: [{ reason, may_be_charged: true }] } },
    });
  });

  it('is not made again when a proxy says that something broke', async () => {
    const { calls } = await play({
      steps: [anError('provider_error', { metadata: { upstream_status: 502 } })],
      run,
    });

    expect(calls).toHaveLength(1);
  });

  const refusals = Object.entries(reasonFacts)
    .filter(([reason, facts]) => facts.anotherRouteMayWork && !lost.includes(reason as ErrorReason))
    .map(([reason]) => reason as ErrorReason);
  it.each(refusals)('goes its way after %s, which costs nothing', async (reason) => {
    const { answer } = await play({
      routes: [key1, key2],
      steps: [failing(reason), 'answer'],
      run,
    });

    expect(answer?.value).toBe('answer');
  });

  it('counts the lost ones only, up to the limit', async () => {
    const { calls, error } = await play({
      routes: [key1, key2],
      steps: [failing('upstream_timeout'), failing('provider_overloaded'), failing('stream_cut')],
      run: { maxChargedCalls: 2 },
    });

    expect(calls).toHaveLength(3);
    expect(error).toMatchObject({ reason: 'stream_cut' });
  });
});

describe('a request that is too dear', () => {
  const poor = anError('can_only_afford', {}, 'You can only afford 1210.');

  it('is asked again with as many tokens as can be paid for', async () => {
    const { answer, sent } = await play({
      request: { max_tokens: 9_000 },
      steps: [poor, 'answer'],
    });

    expect(sent.map(({ max_tokens }) => max_tokens)).toEqual([9_000, 1210]);
    expect(answer?.refit).toEqual({ from: 9_000, max_tokens: 1210 });
  });

  it('is made smaller once, and is itself again for another key', async () => {
    const { answer, sent, calls } = await play({
      routes: [key1, key2],
      request: { max_tokens: 9_000 },
      steps: [poor, anError('can_only_afford', {}, 'You can only afford 900.'), 'answer'],
    });

    expect(calls).toEqual(['key-1 a/b', 'key-1 a/b', 'key-2 a/b']);
    expect(sent.map(({ max_tokens }) => max_tokens)).toEqual([9_000, 1210, 9_000]);
    expect(answer?.refit).toBeUndefined();
  });
});

describe('a direct provider', () => {
  it.each<ErrorReason>(['no_endpoints', 'model_unavailable', 'invalid_model_id', 'key_invalid'])(
    'may have what OpenRouter refuses with %s',
    async (reason) => {
      const { calls, sent } = await play({
        routes: [key1, groq],
        steps: [failing(reason), 'answer'],
      });

      expect(calls).toEqual(['key-1 a/b', 'groq a/b']);
      expect(sent[1]?.model).toBe('own');
    },
  );

  it.each<ErrorReason>(['guardrail_blocked', 'data_policy'])(
    'is not used to get around %s, whatever fails after it',
    async (reason) => {
      const alone = await play({ routes: [key1, groq], steps: [failing(reason)] });
      const { calls, error } = await play({
        routes: [key1, key2, groq],
        steps: [failing(reason), failing('key_invalid')],
      });

      expect(alone.calls).toEqual(['key-1 a/b']);
      expect(calls).toEqual(['key-1 a/b', 'key-2 a/b']);
      expect(error).toMatchObject({ reason });
    },
  );

  it('may refuse without ending the plan', async () => {
    const { calls, answer } = await play({
      models: ['a/b', 'a/2', 'a/3', 'a/4'],
      routes: [key1, groq],
      steps: [failing('no_endpoints'), failing('invalid_request'), 'answer'],
    });

    expect(calls).toEqual(['key-1 a/b a/2 a/3', 'groq a/b', 'key-1 a/4']);
    expect(answer?.value).toBe('answer');
  });
});

describe('the trace', () => {
  it('tells every call, what came of it, and who answered', async () => {
    const { answer } = await play({
      routes: [key1, key2],
      steps: [
        failing('key_invalid'),
        anError('provider_error', { metadata: { provider_name: 'Beta' } }),
        'answer',
      ],
    });

    const ms = expect.any(Number);
    expect(answer?.attempts).toEqual([
      { route: 'key-1', model: 'a/b', provider: null, status: 401, reason: 'key_invalid', ms },
      { route: 'key-2', model: 'a/b', provider: 'Beta', status: 502, reason: 'provider_error', ms },
      { route: 'key-2', model: 'a/b-2026', provider: 'Alpha', status: 200, reason: null, ms },
    ]);
  });

  it('is in the metadata of the error when nobody answers', async () => {
    const { error } = await play({ steps: [failing('no_endpoints')] });

    expect((error as OpenRouterError).details.metadata?.['attempts']).toMatchObject([
      { route: 'key-1', reason: 'no_endpoints' },
    ]);
  });
});

describe('the error, when nobody answers', () => {
  it.each<[string, Scene, ErrorReason]>([
    [
      'is about what was asked for, not about a fallback',
      {
        models: ['a/1', 'a/2', 'a/3', 'a/4'],
        steps: [failing('context_length_exceeded'), failing('invalid_model_id')],
      },
      'context_length_exceeded',
    ],
    [
      'is about the request, not about a key of a pool',
      { routes: [key1, key2], steps: [failing('key_invalid'), failing('no_endpoints')] },
      'no_endpoints',
    ],
    [
      'is about OpenRouter, not about the key of a direct provider',
      { routes: [key1, groq], steps: [failing('permission_denied'), failing('key_invalid')] },
      'permission_denied',
    ],
    [
      'is about the first key, when every key has a problem',
      { routes: [key1, key2], steps: [failing('insufficient_credits'), failing('key_invalid')] },
      'insufficient_credits',
    ],
    [
      'is the latest of several tries',
      {
        steps: [
          failing('provider_error'),
          failing('provider_error'),
          failing('rate_limited_provider'),
        ],
      },
      'rate_limited_provider',
    ],
  ])('%s', async (_what, scene, reason) => {
    expect((await play(scene)).error).toMatchObject({ reason });
  });
});

describe('circuits', () => {
  const circuit = { failures: 1, halfOpenAfterMs: 15_000 };

  it('that are open are passed over, and told in the trace', async () => {
    const circuits = createCircuits(circuit);
    await play({ steps: [anError('provider_error', { retryable: false })], run: { circuits } });

    const { calls, answer } = await play({
      routes: [key1, key2],
      steps: ['answer'],
      run: { circuits },
    });

    expect(calls).toEqual(['key-2 a/b']);
    expect(answer?.attempts).toMatchObject([
      { route: 'key-1', status: null, reason: 'circuit_open' },
      { route: 'key-2', status: 200 },
    ]);
  });

  it('that are all open end the plan at once, with the time to wait', async () => {
    const circuits = createCircuits(circuit);
    await play({ steps: [anError('provider_error', { retryable: false })], run: { circuits } });

    const { calls, error } = await play({ steps: [], run: { circuits } });

    expect(calls).toEqual([]);
    expect((error as OpenRouterError).toBody().error).toMatchObject({
      reason: 'provider_overloaded',
      code: 503,
      retryable: true,
    });
    expect((error as OpenRouterError).toBody().error.retry_after).toBeGreaterThan(13);
  });

  it('that open within a request leave its own error to be told', async () => {
    const { calls, error } = await play({
      steps: [failing('malformed_response')],
      run: { circuits: createCircuits(circuit) },
    });

    expect(calls).toHaveLength(1);
    expect(error).toMatchObject({ reason: 'malformed_response' });
  });
});

describe('a request that is no longer wanted', () => {
  const why = new Error('No longer wanted');

  it('ends within a call, whatever that call says', async () => {
    const controller = new AbortController();
    const { error, calls } = await play({
      routes: [key1, key2],
      steps: [
        () => {
          controller.abort(why);
          return Promise.reject(failing('provider_error'));
        },
      ],
      run: { signal: controller.signal },
    });

    expect(error).toBe(why);
    expect(calls).toHaveLength(1);
  });

  it('ends while it waits, at once', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(why), 20);
    const { error, calls, ms } = await play({
      steps: [failing('rate_limited_platform', 5_000)],
      run: { signal: controller.signal },
    });

    expect(error).toBe(why);
    expect(calls).toHaveLength(1);
    expect(ms).toBeLessThan(2_000);
  });

  it('ends before it waits, when it was given up before', async () => {
    const { error, calls } = await play({
      steps: [() => Promise.reject(failing('provider_error'))],
      run: { signal: AbortSignal.abort(why) },
    });

    expect(error).toBe(why);
    expect(calls).toHaveLength(1);
  });
});

it('hands on what is no failure of a call, such as a mistake of ours', async () => {
  const { error, calls } = await play({
    routes: [key1, key2],
    steps: [() => Promise.reject(new TypeError('oops'))],
  });

  expect(error).toBeInstanceOf(TypeError);
  expect(calls).toHaveLength(1);
});

it('rests the key that has a problem, and trusts it once it answers', async () => {
  const bench = createBench(() => 0);

  await play({ routes: [key1, key2], steps: [failing('key_disabled'), 'answer'], run: { bench } });
  expect(bench.resting()).toEqual(['key-1']);

  await play({ routes: [key1], steps: ['answer'], run: { bench } });
  expect(bench.resting()).toEqual([]);
});

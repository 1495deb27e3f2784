import {
  startSimulator,
  type ScriptedResponse,
  type Simulator,
} from '@openrouter-native/simulator';
import { aKey } from '../testing/keys.ts';
import { checkOf, examined, failuresOf, withKey } from './testing/examined.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

/** The doctor asks each route a known number of times; what is left over is taken back. */
async function scripted(path: string, respond: ScriptedResponse, run: () => Promise<void>) {
  const takeBack = simulator.script({ match: { path }, times: Infinity, respond });
  try {
    await run();
  } finally {
    takeBack();
  }
}

const refusal = (code: number, message: string, metadata?: object): ScriptedResponse => ({
  status: code,
  body: { error: { code, message, ...(metadata && { metadata }) } },
});

describe('when all is well', () => {
  it('says so, with the cost of three answers of one token', async () => {
    const report = await examined(withKey(simulator, 'guarded'), {
      skipCompletions: false,
    });

    expect(report.status).not.toBe('failed');
    expect(checkOf(report, 'completion_cheap').status).toBe('ok');
    expect(report.cost_usd).toBeGreaterThan(0);
    const asked = simulator.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    expect(asked.slice(-3).map(({ body }) => body)).toEqual([
      expect.objectContaining({ model: 'openrouter/free', max_tokens: 1 }),
      expect.objectContaining({ model: 'openai/gpt-4o-mini', max_tokens: 1 }),
      expect.objectContaining({ model: 'openrouter/auto', max_tokens: 1 }),
    ]);
  });

  it('asks no model when that is to be left out, and costs nothing', async () => {
    const before = simulator.requests.length;

    const report = await examined(withKey(simulator, 'guarded'), { skipCompletions: true });

    const asked = simulator.requests.slice(before).filter(({ method }) => method === 'POST');
    expect(asked).toEqual([]);
    expect(checkOf(report, 'completion_auto').status).toBe('skipped');
    expect(report).toMatchObject({ status: 'ok', cost_usd: 0 });
    expect(report.conclusion.sentence).toMatch(/^All is well as far as it was checked/);
  });

  it('reads the balance with a management key, and says why it is unknown without one', async () => {
    const keys = { ...withKey(simulator, 'guarded') };
    const options = { skipCompletions: true };

    const blind = await examined(keys, options);
    const seeing = await examined(
      { ...keys, OPENROUTER_MANAGEMENT_KEY: simulator.keys.management },
      options,
    );

    expect(checkOf(blind, 'credits')).toMatchObject({
      status: 'skipped',
      action: expect.stringContaining('OPENROUTER_MANAGEMENT_KEY'),
    });
    expect(checkOf(seeing, 'credits')).toMatchObject({ status: 'ok' });
    expect(checkOf(seeing, 'credits').evidence[0]).toMatch(/^Balance \$\d+\.\d\d/);
  });

  it('does not believe a balance of two zeros', async () => {
    await scripted(
      '/credits',
      { body: { data: { total_credits: 0, total_usage: 0 } } },
      async () => {
        const report = await examined(withKey(simulator, 'guarded'), { skipCompletions: true });

        expect(checkOf(report, 'credits')).toMatchObject({ status: 'skipped' });
        expect(checkOf(report, 'credits').evidence.join()).toContain('two zeros');
      },
    );
  });

  it('tells whose models the rules of the account take away', async () => {
    const report = await examined(withKey(simulator, 'guarded'), { skipCompletions: true });

    const { evidence } = checkOf(report, 'data_policy');
    expect(evidence[0]).toMatch(/^\d+ of 421 models are left\.$/);
    expect(evidence[1]).toMatch(/x-ai \(\d+\)/);
  });
});

describe('the key', () => {
  it('that nobody knows is a key problem, and nothing is asked with it any more', async () => {
    const report = await examined({
      OPENROUTER_API_KEY: aKey('a'),
      OPENROUTER_BASE_URL: simulator.url,
    });

    expect(failuresOf(report)).toEqual(['key_invalid']);
    expect(report.conclusion.causes[0]).toMatchObject({ kind: 'key', checks: ['key'] });
    expect(report.conclusion.sentence).toMatch(/^OpenRouter does not know the key/);
    expect(checkOf(report, 'completion_cheap').status).toBe('skipped');
    expect(checkOf(report, 'models').status).toBe('ok'); // The list needs no key.
  });

  it.each(['disabled', 'expired'] as const)('that is %s is a key problem', async (name) => {
    const report = await examined(withKey(simulator, name));

    expect(failuresOf(report)).toEqual(['key_disabled']);
    expect(report.conclusion.sentence).toMatch(/switched off or has expired/);
  });

  it('for managing is named as the wrong kind, before any model is asked', async () => {
    const report = await examined(withKey(simulator, 'management'));

    expect(failuresOf(report)).toEqual(['management_key_used']);
    expect(report.conclusion.causes[0]?.action).toContain('OPENROUTER_MANAGEMENT_KEY');
    expect(checkOf(report, 'completion_free').status).toBe('skipped');
  });

  it('close to its cap is worth a look', async () => {
    const report = await examined(withKey(simulator, 'capped'), { skipCompletions: true });

    expect(report.status).toBe('warning');
    expect(report.conclusion.causes[0]).toMatchObject({ cause: 'key_limit_low', kind: 'key' });
    expect(checkOf(report, 'key').evidence.join()).toContain(
      'Limit $1.00, of which $0.01 is left, reset monthly.',
    );
  });

  it.each([402, 403])('at its cap is a key problem, also when that comes as %i', async (code) => {
    const respond = refusal(code, 'Key limit exceeded (total limit). Manage it at …');
    await scripted('/chat/completions', respond, async () => {
      const report = await examined(withKey(simulator, 'guarded'));

      expect(failuresOf(report)).toEqual(['key_limit_exceeded']);
      expect(report.conclusion.causes[0]?.kind).toBe('key');
      // Two more requests would only be refused again.
      expect(checkOf(report, 'completion_auto').status).toBe('skipped');
    });
  });

  it('whose cap is used up according to /key is not tried', async () => {
    const data = { label: 'x', limit: 5, limit_remaining: 0, usage: 5, is_free_tier: false };
    await scripted('/key', { body: { data } }, async () => {
      const report = await examined(withKey(simulator, 'guarded'));

      expect(failuresOf(report)).toEqual(['key_limit_exceeded']);
      expect(report.cost_usd).toBe(0);
    });
  });

  it('that ends within a week is worth a look', async () => {
    const expires = new Date(Date.now() + 2 * 86_400_000).toISOString();
    await scripted('/key', { body: { data: { limit: null, expires_at: expires } } }, async () => {
      const report = await examined(withKey(simulator, 'guarded'), { skipCompletions: true });

      expect(report.conclusion.causes.map(({ cause }) => cause)).toEqual(['key_expires']);
    });
  });
});

describe('a pool of keys', () => {
  it('whose keys all work is well, and one that is refused is passed over', async () => {
    const options = { skipCompletions: true };
    const { guarded, inference, disabled, capped } = simulator.keys;
    const pool = (...keys: string[]) =>
      examined(
        {
          ...withKey(simulator, 'guarded'),
          OPENROUTER_API_KEYS: [guarded, ...keys].join(','),
        },
        options,
      );

    const good = await pool(inference, capped);
    const bad = await pool(inference, disabled);

    expect(checkOf(good, 'more_keys').evidence).toEqual([
      'sk-or-v1-…0000: works.',
      'sk-or-v1-…caca: works.',
    ]);
    expect(checkOf(bad, 'more_keys')).toMatchObject({
      status: 'warning',
      cause: 'pooled_key_invalid',
    });
    expect(checkOf(bad, 'more_keys').evidence[1]).toMatch(/^sk-or-v1-…dede: Answered 401/);
    expect(JSON.stringify(bad)).not.toMatch(/dedede|dadada/);
  });

  it('is used from its first key on when no other key is set', async () => {
    const report = await examined(
      { OPENROUTER_API_KEYS: simulator.keys.guarded, OPENROUTER_BASE_URL: simulator.url },
      { skipCompletions: true },
    );

    expect(report.status).toBe('ok');
    expect(checkOf(report, 'key').status).toBe('ok');
    expect(checkOf(report, 'configuration').evidence[0]).toContain('sk-or-v1-…dada');
  });
});

describe('the account', () => {
  it('is the problem when OpenRouter forbids the question about the key itself', async () => {
    await scripted('/key', refusal(403, 'Forbidden'), async () => {
      const report = await examined(withKey(simulator, 'guarded'));

      expect(failuresOf(report)).toEqual(['account_restricted']);
      expect(report.conclusion.causes[0]?.kind).toBe('account');
      expect(report.conclusion.sentence).toMatch(/^The key is valid, the account is not:/);
    });
  });

  it('in debt is told by a free model that is refused for want of money', async () => {
    const report = await examined(withKey(simulator, 'negative'));

    expect(failuresOf(report)[0]).toBe('negative_balance');
    expect(report.conclusion.sentence).toMatch(/^The key is valid, the account is not: it owes/);
    expect(checkOf(report, 'completion_auto').status).toBe('skipped');
  });

  it('in debt is told by its balance, without any completion', async () => {
    const data = { total_credits: 5, total_usage: 5.31 };
    await scripted('/credits', { body: { data } }, async () => {
      const report = await examined(
        { ...withKey(simulator, 'guarded'), OPENROUTER_MANAGEMENT_KEY: simulator.keys.management },
        { skipCompletions: true },
      );

      expect(failuresOf(report)).toEqual(['negative_balance']);
      expect(checkOf(report, 'credits').evidence).toEqual([
        'Balance -$0.31: bought $5.00, used $5.31.',
      ]);
    });
  });

  it('without credits fails at what costs, while free models still answer', async () => {
    const takeBack = ['openai/gpt-4o-mini', 'openrouter/auto'].map((model) =>
      simulator.script({
        match: { path: '/chat/completions', model },
        respond: refusal(402, 'Insufficient credits. Add more using https://openrouter.ai'),
      }),
    );

    const report = await examined(withKey(simulator, 'inference'));

    for (const back of takeBack) back();
    expect(failuresOf(report)[0]).toBe('insufficient_credits');
    expect(report.conclusion.causes[0]).toMatchObject({
      kind: 'account',
      checks: ['completion_cheap', 'completion_auto'],
    });
    expect(checkOf(report, 'completion_free').status).toBe('ok');
  });

  it('that never paid works with free models, which is no failure', async () => {
    const report = await examined(withKey(simulator, 'free'));

    expect(report.status).toBe('warning');
    expect(report.conclusion.causes.map(({ cause }) => cause)).toEqual(['never_paid']);
    expect(report.conclusion.sentence).toMatch(/^It works\./);
  });

  const daily = refusal(429, 'Rate limit exceeded: free-models-per-day. Add 10 credits to …', {
    limit_source: 'openrouter_free_tier_daily',
  });

  it('that never paid and used up its free requests has nothing left', async () => {
    simulator.script({ match: { model: 'openrouter/free' }, respond: daily });

    const report = await examined(withKey(simulator, 'free'));

    expect(failuresOf(report)).toEqual(['free_tier_limit']);
    expect(report.conclusion.causes[0]?.kind).toBe('account');
  });

  it('that pays may use up its free requests, and all the same works', async () => {
    simulator.script({ match: { model: 'openrouter/free' }, respond: daily });

    const report = await examined(withKey(simulator, 'inference'));

    expect(failuresOf(report)).toEqual([]);
    expect(report.conclusion.causes.map(({ cause }) => cause)).toContain('free_tier_limit');
  });
});

describe('what is neither key nor account', () => {
  it.each([
    [
      'a data policy',
      refusal(404, 'No endpoints found matching your data policy (Paid model training).'),
      'data_policy',
      'policy',
    ],
    [
      'a region',
      refusal(403, 'This model is not available in your region.'),
      'region_blocked',
      'policy',
    ],
    [
      'a guardrail',
      refusal(403, 'Blocked by guardrail', { patterns: ['email'] }),
      'guardrail_blocked',
      'policy',
    ],
    [
      'a provider that is down',
      refusal(502, 'Provider returned error', { provider_name: 'Azure', raw: 'upstream died' }),
      'provider_error',
      'provider',
    ],
    [
      'a provider with too many requests',
      refusal(429, 'Provider returned error', { provider_name: 'Azure', raw: 'slow down' }),
      'rate_limited_provider',
      'provider',
    ],
  ])('%s is named, and key and account are called valid', async (_what, respond, cause, kind) => {
    await scripted('/chat/completions', respond, async () => {
      const report = await examined(withKey(simulator, 'guarded'));

      expect(failuresOf(report)).toEqual([cause]);
      expect(report.conclusion.causes[0]?.kind).toBe(kind);
      expect(report.conclusion.sentence).toMatch(/^Key and account are valid; /);
    });
  });

  it('rules that leave no model are the root of what follows from them', async () => {
    const nothing = simulator.script({
      match: { path: '/models/user' },
      respond: { body: { data: [] } },
    });
    const respond = refusal(404, 'No endpoints found matching your data policy.');
    await scripted('/chat/completions', respond, async () => {
      const report = await examined(withKey(simulator, 'guarded'));

      expect(failuresOf(report)).toEqual(['no_models_left', 'data_policy']);
    });
    nothing();
  });

  it('one model that fails while others answer is worth a look, not a failure', async () => {
    simulator.script({
      match: { model: 'openrouter/auto', path: '/chat/completions' },
      respond: refusal(503, 'Overloaded', { error_type: 'provider_overloaded' }),
    });

    const report = await examined(withKey(simulator, 'inference'));

    expect(report.status).toBe('warning');
    expect(checkOf(report, 'completion_auto')).toMatchObject({
      status: 'warning',
      cause: 'provider_overloaded',
    });
  });

  it('an outage of OpenRouter is no matter of the key', async () => {
    const respond = {
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><title>502 Bad gateway</title></html>',
    };
    const takeBack = simulator.script({ times: Infinity, respond });

    const report = await examined(withKey(simulator, 'inference'));

    takeBack();
    expect(failuresOf(report)).toEqual(['openrouter_down']);
    expect(report.conclusion.causes[0]?.kind).toBe('provider');
    expect(checkOf(report, 'key').evidence.join('\n')).toContain('502 Bad gateway');
  });
});

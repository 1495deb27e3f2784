import type { ChatCompletion, DoctorCheck, Model } from '@openrouter-native/protocol';
import { failed, NETWORK, skipped, warning, type Check, type Finding } from '../check.ts';
import { usd } from '../money.ts';
import type { Cause } from '../causes/causes.ts';
import type { Trouble } from '../upstream.ts';

/** Small, without reasoning, and offered by several providers: a failure is not theirs alone. */
const CHEAP = [
  'openai/gpt-4o-mini',
  'openai/gpt-4.1-nano',
  'google/gemini-2.5-flash-lite',
  'meta-llama/llama-3.1-8b-instruct',
  'mistralai/mistral-nemo',
];

/** What passes by itself, or concerns one model: no reason to call the whole product broken. */
const PASSING: ReadonlySet<Cause> = new Set<Cause>([
  'free_tier_limit',
  'rate_limited_platform',
  'rate_limited_provider',
  'provider_error',
  'provider_overloaded',
  'upstream_timeout',
  'model_unavailable',
  'no_endpoints',
  'data_policy',
  'moderation_blocked',
]);

/** A free model, without which an account that never paid has nothing. */
export const checkFreeCompletion = completionCheck({
  id: 'completion_free',
  title: 'Answer of a free model',
  pick: (models) =>
    find(models, ['openrouter/free']) ??
    models.find(({ id }) => id.endsWith(':free'))?.id ??
    'openrouter/free',
  judge({ cause, status }, neverPaid) {
    // What costs nothing is refused for want of money only to an account in debt.
    if (status === 402 && cause === 'insufficient_credits') return failed('negative_balance');
    return PASSING.has(cause) && !neverPaid ? warning(cause) : failed(cause);
  },
});

/** A cheap model that costs something: the plainest use there is. */
export const checkCheapCompletion = completionCheck({
  id: 'completion_cheap',
  title: 'Answer of a cheap model',
  pick: (models) => find(models, CHEAP) ?? cheapest(models) ?? 'openai/gpt-4o-mini',
  judge: (trouble, neverPaid) => forWantOfMoney(trouble, neverPaid) ?? failed(trouble.cause),
});

/** The router that chooses a model by itself. */
export const checkAutoCompletion = completionCheck({
  id: 'completion_auto',
  title: 'Answer through openrouter/auto',
  pick: () => 'openrouter/auto',
  judge(trouble, neverPaid) {
    const { cause } = trouble;
    return (
      forWantOfMoney(trouble, neverPaid) ?? (PASSING.has(cause) ? warning(cause) : failed(cause))
    );
  },
});

interface CompletionCheck {
  id: string;
  title: string;
  pick: (models: readonly Model[]) => string;
  /** How bad a trouble is; its evidence is added. */
  judge: (trouble: Trouble, neverPaid: boolean) => Finding;
}

function completionCheck({ id, title, pick, judge }: CompletionCheck): Check {
  return {
    id,
    title,
    needs: [...NETWORK, 'key'],
    async run({ skipCompletions, apiKey, upstream }, earlier) {
      if (skipCompletions) return skipped('Left out, as was asked for.');
      if (apiKey === null) return skipped('There is no key that could be sent.');
      if (isHopeless(earlier)) return skipped('The account refused the previous one already.');
      const model = pick((await upstream.models()).value ?? []);
      const { value, trouble } = await upstream.complete(model);
      if (!trouble) return answered(model, value);
      const neverPaid = (await upstream.key()).value?.is_free_tier === true;
      const evidence = [`Asked ${model} for 1 token.`, ...trouble.evidence];
      return { ...judge(trouble, neverPaid), evidence };
    },
  };
}

/** A debt, a suspension or a used-up key holds for every model alike; asking again teaches nothing. */
const HOPELESS = ['negative_balance', 'account_restricted', 'key_limit_exceeded'];

function isHopeless(earlier: readonly DoctorCheck[]): boolean {
  return earlier.some(
    ({ id, cause }) => id.startsWith('completion_') && HOPELESS.includes(cause ?? ''),
  );
}

/** An account that never paid has no credits: it knows, and uses free models. */
function forWantOfMoney({ status }: Trouble, neverPaid: boolean): Finding | null {
  return neverPaid && status === 402 ? warning('never_paid') : null;
}

function answered(model: string, { model: served, provider, usage }: ChatCompletion): Finding {
  const cost = usage?.cost ?? null;
  return {
    status: 'ok',
    evidence: [
      `Asked ${model} for 1 token.`,
      `${served ?? 'An unnamed model'} answered${provider ? ` at ${provider}` : ''}.`,
      cost === null ? 'What it cost was not told.' : `It cost ${usd(cost)}.`,
    ],
    costUsd: cost,
  };
}

function find(models: readonly Model[], wanted: readonly string[]): string | undefined {
  const ids = new Set(models.map(({ id }) => id));
  return wanted.find((id) => ids.has(id));
}

function cheapest(models: readonly Model[]): string | undefined {
  const priced = models
    .map(({ id, pricing }) => ({ id, price: Number(pricing.prompt) + Number(pricing.completion) }))
    .filter(({ price }) => price > 0);
  return priced.toSorted((a, b) => a.price - b.price)[0]?.id;
}

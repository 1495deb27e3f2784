import type { FallbackPresets, Logger } from '@openrouter-native/openrouter';
import { RequestError, type Admission, type ChatOutcome } from '@openrouter-native/plugin';
import type { ChatRequest, Usage } from '@openrouter-native/protocol';
import type { ListedModels } from '../agents/listed-models.ts';
import type { StoredAppToken } from '../database/schema.ts';
import type { TokenSpending } from '../database/token-spending.ts';
import { createBudget, type PlannedStep } from '../runs/budget/budget.ts';
import { formatUsd } from '../runs/budget/format-usd.ts';
import { stepCost, type StepCeiling } from '../runs/budget/spent.ts';
import { monthOf, nextMonth } from './month.ts';

/** Keeps tokens to their monthly limits. */
export interface TokenBudget {
  /**
   * Puts aside what the answer can cost at most, and books what it did cost. Where there is no limit the
   * cost is only booked.
   *
   * @throws RequestError `key_limit_exceeded` or `in_flight_budget` when it does not fit, `invalid_request`
   *   for what has no upper price, `unauthenticated` when the token was revoked meanwhile.
   */
  admit(token: LimitedToken, request: ChatRequest): Promise<Admission>;
}

export type LimitedToken = Pick<StoredAppToken, 'id' | 'userId' | 'models' | 'monthlyLimitUsd'>;

export interface TokenBudgetOptions {
  spending: TokenSpending;
  /** The models that the server allows. @throws when none are known. */
  list: () => Promise<ListedModels>;
  /** Chains that the token of these models may fall back to; `null` = of all that are allowed. */
  fallbacksFor: (models: readonly string[] | null) => FallbackPresets;
  /** Asks upstream what an answer cost that did not tell. @returns `null` when it will not be known. */
  askCost: (userId: string, generationId: string) => Promise<Usage | null>;
  /** Called with work that goes on after an answer, and may fail. */
  track: (work: Promise<void>) => void;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/** An answer that is lost may be charged; putting aside another one as well would keep others waiting. */
const CHARGED_CALLS = 1;
/** Each try that fails is somebody else's success, and leaves less to fit. */
const MAX_TRIES = 20;
/** Sums in the database are decimal, those here binary: never a hair more than there is. */
const ROUNDING = 1 - 1e-12;
/** Less is what rounding leaves behind. */
const LEAST_USD = 1e-12;
/** Of an answer whose price nobody bounds. */
const ANY: StepCeiling = { callUsd: Infinity, maxCostUsd: Infinity };

export function createTokenBudget(options: TokenBudgetOptions): TokenBudget {
  const { spending, list, fallbacksFor, askCost, track, now, logger } = options;
  /** By token; what is put aside for answers that this server is giving. */
  const running = new Map<string, number>();

  function hold(id: string, usd: number): void {
    const sum = (running.get(id) ?? 0) + usd;
    if (sum > LEAST_USD) running.set(id, sum);
    else running.delete(id);
  }

  /** The cost, at once or as soon as upstream tells. */
  async function book(
    outcome: ChatOutcome,
    userId: string,
    save: (usage: Usage | null) => Promise<void>,
  ) {
    const { usage, generationId } = outcome;
    if (usage?.cost != null || generationId === null) return save(usage);
    track(askCost(userId, generationId).then(save));
  }

  function admitUnlimited({ id, userId }: LimitedToken, request: ChatRequest): Admission {
    const month = monthOf(now());
    return {
      request,
      async settle(outcome) {
        const save = (usage: Usage | null) => {
          const costUsd = stepCost({ usage, trace: outcome.trace }, ANY);
          return spending.add(id, month, Number.isFinite(costUsd) ? costUsd : null);
        };
        track(book(outcome, userId, save)); // Nothing waits for it.
      },
    };
  }

  function admission({ id, userId }: LimitedToken, month: string, step: PlannedStep): Admission {
    const { request, callUsd } = step;
    const maxCostUsd = CHARGED_CALLS * callUsd;
    hold(id, maxCostUsd);
    return {
      request,
      maxChargedCalls: CHARGED_CALLS,
      async settle(outcome) {
        const save = async (usage: Usage | null) => {
          const costUsd = stepCost({ usage, trace: outcome.trace }, { callUsd, maxCostUsd });
          await spending.settle(id, month, maxCostUsd, costUsd).catch((error: unknown) => {
            logger.error('What an app token spent could not be booked; its reserve stays', { tokenId: id, error }); // prettier-ignore
          });
          hold(id, -maxCostUsd);
        };
        await book(outcome, userId, save);
      },
    };
  }

  return {
    async admit(token, request) {
      const { id, monthlyLimitUsd: limitUsd } = token;
      if (limitUsd === null) return admitUnlimited(token, request);
      const listed = await list().catch(() => null);
      if (!listed) throw pricesUnknown();
      const presets = fallbacksFor(token.models);

      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const month = monthOf(now());
        const spent = await spending.read(id, month);
        if (!spent) throw revoked();
        const leftUsd = Math.max(0, limitUsd - spent.spentUsd) * ROUNDING;
        const budget = createBudget({ limitUsd: leftUsd, find: (name) => listed.find(name), presets }); // prettier-ignore
        const plan = budget.plan(request, null);
        if (plan.outcome === 'stop') {
          const { needed } = plan.limit;
          if (needed == null) throw unbounded(plan.reason);
          const heldUsd = running.get(id) ?? 0;
          throw tooExpensive({ limitUsd, spentUsd: spent.spentUsd, needed, heldUsd, at: now() });
        }
        const countedIn = await spending.reserve(id, month, CHARGED_CALLS * plan.step.callUsd);
        if (countedIn !== null) return admission(token, countedIn, plan.step);
      }
      throw inFlight('Running answers have reserved what is left of this app token’s limit.');
    },
  };
}

interface Excess {
  limitUsd: number;
  spentUsd: number;
  needed: number;
  /** What running answers have put aside of `spentUsd`. */
  heldUsd: number;
  at: number;
}

function tooExpensive({ limitUsd, spentUsd, needed, heldUsd, at }: Excess): RequestError {
  const message = `This app token may spend ${formatUsd(limitUsd)} a month, ${formatUsd(spentUsd)} of it is spent or reserved, and this answer could cost up to ${formatUsd(needed)}.`;
  const resetsAt = nextMonth(at);
  const metadata = {
    limit_usd: limitUsd,
    spent_usd: spentUsd,
    needed_usd: Number.isFinite(needed) ? needed : null,
    resets_at: new Date(resetsAt).toISOString(),
  };
  if (needed <= limitUsd - (spentUsd - heldUsd)) return inFlight(message, metadata);
  return new RequestError('key_limit_exceeded', message, {
    action: `Lower max_tokens, choose a cheaper model, wait until ${metadata.resets_at}, or use a token with a higher limit.`,
    metadata,
  });
}

function inFlight(message: string, metadata: Record<string, unknown> = {}): RequestError {
  return new RequestError('in_flight_budget', message, { metadata });
}

function unbounded(reason: string): RequestError {
  const message = `${reason} So it cannot be kept to the monthly limit of this app token.`;
  return new RequestError('invalid_request', message, {
    action:
      'Choose a model of known price and take out what has none, or use a token without a limit.',
  });
}

function pricesUnknown(): RequestError {
  return new RequestError(
    'upstream_unreachable',
    'The prices of the models are not known at this moment, so the monthly limit of this app token cannot be kept.',
    { action: 'Try again in a moment, or use a token without a limit.' },
  );
}

function revoked(): RequestError {
  return new RequestError('unauthenticated', 'This app token was revoked.', {
    action: 'Use another one.',
  });
}

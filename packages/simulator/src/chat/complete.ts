import type { Response } from 'express';
import type { ApiKey } from '../accounts/accounts.ts';
import { estimatedUsd, requireNoDebt } from '../accounts/limits.ts';
import { roundUsd } from '../accounts/money.ts';
import { answeringSlug } from '../catalogue/catalogue.ts';
import { requestFacts, type SimulatorContext } from '../context.ts';
import { createRandom } from '../generate/seed.ts';
import type { AnswerPlan } from './answer.ts';
import { findAttempt, type Attempt } from './attempt.ts';
import { composeAnswer, type Composition } from './compose.ts';
import { requireTurnOf } from './continuation.ts';
import { deliverJson, deliverStream, type Delivery } from './deliver.ts';
import { nativeFinishWord } from './finish-word.ts';
import { describeRouting } from './metadata.ts';
import { effortFor } from './reasoning.ts';
import type { ChatCall } from './request.ts';
import { cacheKey, readCacheWish, type CachedAnswer } from './response-cache.ts';
import { requireUnchangedThoughts } from './returned-thoughts.ts';
import { bendToolCalls } from './tool-call-manners.ts';
import { FREE_USAGE, usageOf, type Bill } from './usage.ts';

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Answers a chat request: routes it, composes the answer, sends it, and settles the bill.
 *
 * @throws ApiError for every failure before the first byte.
 */
export async function completeChat(
  context: SimulatorContext,
  response: Response,
  key: ApiKey,
  call: ChatCall,
): Promise<void> {
  requireNoDebt(key);
  const { rawBody } = requestFacts(response);
  const wish = readCacheWish(response.req.headers);
  const cached = cacheKey(key, rawBody, call.stream);
  if (wish.isWanted) {
    const hit = wish.isRefresh ? undefined : context.responseCache.find(cached, context.now());
    if (hit) return replay(context, response, key, call, hit);
    response.set({
      'X-OpenRouter-Cache-Status': 'MISS',
      'X-OpenRouter-Cache-TTL': String(wish.ttlSeconds),
    });
  }

  const attempt = findAttempt(context, key, call);
  const { model } = attempt.candidate;
  const isThinking = effortFor(model, call.reasoning) !== 'none';
  const { name } = attempt.endpoint.provider;
  requireUnchangedThoughts(call.turns, model, isThinking, name);
  requireTurnOf(call.turns, model, isThinking, name);
  const { account } = key;
  const reservedUsd = estimatedUsd(attempt.estimate);
  account.reservedUsd = roundUsd(account.reservedUsd + reservedUsd);
  try {
    const { plan, bill } = planAnswer(context, response, key, call, attempt);
    response.set('X-Generation-Id', plan.id);
    const delivery = await deliver(context, response, call, plan, attempt);
    settle(context, response, key, call, { attempt, plan, bill, delivery });
    if (wish.isWanted && delivery.outcome === 'complete') {
      const storedAt = context.now();
      const expiresAt = storedAt + wish.ttlSeconds * 1000;
      context.responseCache.store(cached, { plan, storedAt, expiresAt });
    }
  } finally {
    account.reservedUsd = Math.max(0, roundUsd(account.reservedUsd - reservedUsd));
  }
}

function planAnswer(
  context: SimulatorContext,
  response: Response,
  key: ApiKey,
  call: ChatCall,
  attempt: Attempt,
): { plan: AnswerPlan; bill: Bill } {
  const { candidate, endpoint } = attempt;
  const { model } = candidate;
  const now = context.now();
  const composition = attempt.rule?.empty
    ? EMPTY
    : composeAnswer(call, model, attempt.maxTokens, attempt.rule?.toolCalls);
  const prompt = context.promptCache.count({
    account: key.account,
    endpoint,
    turns: call.turns,
    tokens: Math.min(call.promptTokens, endpoint.contextTokens),
    isMarked: call.body['cache_control'] != null,
    now,
  });
  const { searches } = composition;
  const manner = call.stream ? attempt.rule?.toolCallManner : undefined;
  const steps = manner ? bendToolCalls(composition.steps, manner) : composition.steps;
  const bill: Bill = { prompt, steps, searches, pricing: endpoint.pricing, at: new Date(now) };
  const { settings } = context;
  const plan: AnswerPlan = {
    id: createGenerationId(context),
    created: Math.floor(now / 1000),
    model: answeringSlug(model),
    provider: endpoint.provider.name,
    steps,
    finishReason: composition.finishReason,
    nativeFinishReason:
      composition.finishReason &&
      nativeFinishWord(model, composition.finishReason, composition.stoppedBySequence),
    usage: attempt.rule?.empty ? FREE_USAGE : usageOf(bill),
    serviceTier: endpoint.tier === 'default' ? null : endpoint.tier,
    metadata: wantsMetadata(response)
      ? describeRouting(
          candidate,
          endpoint,
          attempt.available,
          attempt.failed,
          settings.firstTokenMs,
        )
      : null,
    upstreamBody:
      call.echoesUpstreamBody && call.stream
        ? { ...call.body, model: model.id, stream: true }
        : null,
  };
  return { plan, bill };
}

/** An answer without a word. */
const EMPTY: Omit<Composition, 'finishReason'> & { finishReason: null } = {
  steps: [],
  finishReason: null,
  stoppedBySequence: false,
  searches: 0,
};

async function deliver(
  context: SimulatorContext,
  response: Response,
  call: ChatCall,
  plan: AnswerPlan,
  attempt: Attempt | null,
): Promise<Delivery> {
  const options = {
    settings: context.settings,
    failure: attempt?.rule?.fail ?? null,
    signal: abortWhenClosed(response),
  };
  const send = call.stream ? deliverStream : deliverJson;
  return send(response, plan, options);
}

/**
 * Books what an answer cost: all of it when it was completed, nothing when the provider failed, and
 * what was sent when the reader left a provider that can be stopped.
 */
function settle(
  context: SimulatorContext,
  response: Response,
  key: ApiKey,
  call: ChatCall,
  {
    attempt,
    plan,
    bill,
    delivery,
  }: {
    attempt: Attempt;
    plan: AnswerPlan;
    bill: Bill;
    delivery: Delivery;
  },
): void {
  const { outcome, sent } = delivery;
  const isStopped = outcome === 'aborted' && call.stream && attempt.endpoint.provider.stopsOnAbort;
  const isFree = outcome === 'failed' || attempt.rule?.empty === true;
  const usage = isFree ? FREE_USAGE : usageOf(isStopped ? { ...bill, steps: sent } : bill);
  context.accounts.charge(key, usage.cost);
  record(context, response, key, call, {
    plan,
    delivery,
    usage,
    cacheSourceId: null,
    router: attempt.candidate.strategy === 'direct' ? null : attempt.candidate.requested,
    searches: bill.searches,
  });
}

/** Gives an earlier answer again, under a new id and without a charge. */
async function replay(
  context: SimulatorContext,
  response: Response,
  key: ApiKey,
  call: ChatCall,
  hit: CachedAnswer,
): Promise<void> {
  const now = context.now();
  const plan: AnswerPlan = { ...hit.plan, id: createGenerationId(context), usage: FREE_USAGE };
  response.set({
    'X-Generation-Id': plan.id,
    'X-OpenRouter-Cache-Status': 'HIT',
    'X-OpenRouter-Cache-TTL': String(Math.ceil((hit.expiresAt - now) / 1000)),
    'X-OpenRouter-Cache-Age': String(Math.floor((now - hit.storedAt) / 1000)),
    'X-OpenRouter-Cache-Source-Id': hit.plan.id,
  });
  const delivery = await deliver(context, response, call, plan, null);
  record(context, response, key, call, {
    plan,
    delivery,
    usage: FREE_USAGE,
    cacheSourceId: hit.plan.id,
    router: null,
    searches: 0,
  });
}

function record(
  context: SimulatorContext,
  response: Response,
  key: ApiKey,
  call: ChatCall,
  made: {
    plan: AnswerPlan;
    delivery: Delivery;
    usage: typeof FREE_USAGE;
    cacheSourceId: string | null;
    router: string | null;
    searches: number;
  },
): void {
  const { plan, delivery } = made;
  const { headers } = response.req;
  const media = call.turns.reduce((sum, { attachments }) => sum + attachments.length, 0);
  const isFailed = delivery.outcome === 'failed';
  context.generations.add({
    id: plan.id,
    key,
    model: plan.model,
    provider: plan.provider,
    createdAt: plan.created * 1000,
    usage: made.usage,
    streamed: call.stream,
    cancelled: delivery.outcome === 'aborted',
    finishReason: isFailed ? 'error' : plan.finishReason,
    nativeFinishReason: isFailed ? null : plan.nativeFinishReason,
    latencyMs: delivery.latencyMs,
    durationMs: delivery.durationMs,
    referer: headers.referer ?? null,
    userAgent: headers['user-agent'] ?? null,
    externalUser: typeof call.body['user'] === 'string' ? call.body['user'] : null,
    sessionId: call.sessionId,
    router: made.router,
    serviceTier: plan.serviceTier,
    cacheSourceId: made.cacheSourceId,
    mediaInPrompt: media,
    mediaInCompletion: plan.steps.filter(({ type }) => type === 'image').length,
    searches: made.searches,
  });
}

/** Every answer has its own id, a repeated one too. */
function createGenerationId(context: SimulatorContext): string {
  const seconds = Math.floor(context.now() / 1000);
  const random = createRandom(`generation ${context.nextNumber()}`);
  return `gen-${seconds}-${random.text(20, ALPHANUMERIC)}`;
}

function wantsMetadata(response: Response): boolean {
  const { headers } = response.req;
  return (
    headers['x-openrouter-metadata'] === 'enabled' ||
    headers['x-openrouter-experimental-metadata'] === 'enabled'
  );
}

function abortWhenClosed(response: Response): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  response.on('close', () => controller.abort());
  return controller.signal;
}

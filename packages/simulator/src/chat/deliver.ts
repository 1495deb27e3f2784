import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import { encodeComment, encodeEvent, TERMINATOR } from '@openrouter-native/protocol';
import type { Settings } from '../context.ts';
import type { ScriptedFailure } from '../script.ts';
import { toChunks, toCompletion, type AnswerPlan } from './answer.ts';
import { toErrorChunk, toFailedCompletion } from './failure.ts';
import { limitSteps, type AnswerStep } from './steps.ts';

/** How sending an answer ended, and what had been sent by then. */
export interface Delivery {
  readonly outcome: 'complete' | 'aborted' | 'failed';
  readonly sent: readonly AnswerStep[];
  /** Until the first token. */
  readonly latencyMs: number;
  readonly durationMs: number;
}

/** What a delivery needs beside the plan. */
export interface DeliveryOptions {
  readonly settings: Settings;
  /** Fails the answer on its way; `null` lets it through. */
  readonly failure: ScriptedFailure | null;
  /** Aborts when the reader leaves. */
  readonly signal: AbortSignal;
}

/** Answers whole, after the time that writing it would have taken. */
export async function deliverJson(
  response: Response,
  plan: AnswerPlan,
  { settings, failure, signal }: DeliveryOptions,
): Promise<Delivery> {
  const startedAt = performance.now();
  const steps = failure ? limitSteps(plan.steps, failure.afterTokens ?? 0).steps : plan.steps;
  const end = (outcome: Delivery['outcome']): Delivery => ({
    outcome,
    sent: steps,
    latencyMs: settings.firstTokenMs,
    durationMs: performance.now() - startedAt,
  });
  try {
    await pause(settings.firstTokenMs + writingMs(steps, settings), signal);
  } catch {
    return end('aborted');
  }
  response.json(failure ? toFailedCompletion(plan, failure, steps) : toCompletion(plan));
  return end(failure ? 'failed' : 'complete');
}

/** Answers token by token; stops when the reader leaves, and waits while the reader is slow. */
export async function deliverStream(
  response: Response,
  plan: AnswerPlan,
  { settings, failure, signal }: DeliveryOptions,
): Promise<Delivery> {
  const startedAt = performance.now();
  const sent: AnswerStep[] = [];
  const end = (outcome: Delivery['outcome']): Delivery => ({
    outcome,
    sent,
    latencyMs: settings.firstTokenMs,
    durationMs: performance.now() - startedAt,
  });

  async function send(frame: string): Promise<void> {
    if (!response.write(frame)) await once(response, 'drain', { signal });
  }

  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  try {
    await send(encodeComment('OPENROUTER PROCESSING'));
    await keepAlive(settings.firstTokenMs, settings.keepAliveMs, send, signal);

    const firstTokenAt = performance.now();
    let tokens = 0;
    for (const { chunk, step } of toChunks(plan, settings.usageChunk)) {
      if (step) {
        tokens += step.tokens;
        if (failure && tokens > (failure.afterTokens ?? 0)) break;
        const due = firstTokenAt + (tokens * 1000) / settings.tokensPerSecond;
        await keepAlive(due - performance.now(), settings.keepAliveMs, send, signal);
        sent.push(step);
      } else if (failure && tokens > 0) break;
      if (chunk) await send(encodeEvent(JSON.stringify(chunk)));
    }
    if (failure) await send(encodeEvent(JSON.stringify(toErrorChunk(plan, failure))));
  } catch (error) {
    if (signal.aborted) return end('aborted');
    throw error;
  }
  response.end(failure && !failure.terminates ? undefined : encodeEvent(TERMINATOR));
  return end(failure ? 'failed' : 'complete');
}

function writingMs(steps: readonly AnswerStep[], { tokensPerSecond }: Settings): number {
  const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
  return (tokens * 1000) / tokensPerSecond;
}

/** Waits, and says so in comments when it takes long. */
async function keepAlive(
  ms: number,
  everyMs: number,
  send: (frame: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let left = ms;
  while (left > everyMs) {
    await pause(everyMs, signal);
    await send(encodeComment('OPENROUTER PROCESSING'));
    left -= everyMs;
  }
  await pause(left, signal);
}

/** Timers count whole milliseconds; less than one is not worth a timer. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms >= 1) await wait(ms, undefined, { signal });
  else signal.throwIfAborted();
}

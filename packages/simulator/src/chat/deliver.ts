import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'express';
import { encodeComment, encodeEvent, TERMINATOR } from '@openrouter-native/protocol';
import type { Settings } from '../context.ts';
import { toChunks, toCompletion, type AnswerPlan } from './answer.ts';

/** Answers whole, after the time that writing it would have taken. */
export async function deliverJson(
  response: Response,
  plan: AnswerPlan,
  settings: Settings,
  signal: AbortSignal,
): Promise<void> {
  const tokens = plan.steps.reduce((sum, step) => sum + step.tokens, 0);
  await pause(settings.firstTokenMs + (tokens * 1000) / settings.tokensPerSecond, signal);
  response.json(toCompletion(plan));
}

/** Answers token by token; stops when the reader leaves, and waits while the reader is slow. */
export async function deliverStream(
  response: Response,
  plan: AnswerPlan,
  settings: Settings,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write(encodeComment('OPENROUTER PROCESSING'));
  await pause(settings.firstTokenMs, signal);

  const startedAt = performance.now();
  let tokens = 0;
  for (const step of toChunks(plan, settings.usageChunk)) {
    tokens += step.tokens;
    const due = startedAt + (tokens * 1000) / settings.tokensPerSecond;
    await pause(due - performance.now(), signal);
    if (!response.write(encodeEvent(JSON.stringify(step.chunk)))) {
      await once(response, 'drain', { signal });
    }
  }
  response.end(encodeEvent(TERMINATOR));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms >= 1) await wait(ms, undefined, { signal });
}

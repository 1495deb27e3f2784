import type { Logger } from '@openrouter-native/openrouter';
import {
  reduceRun,
  textOf,
  type Ending,
  type ReasoningDetail,
  type RunEvent,
  type RunState,
} from '@openrouter-native/protocol';
import type { MessageProgress, Messages } from '../database/messages.ts';
import type { StoredStep } from '../database/schema.ts';
import type { RunRecord } from '../runs/run.ts';
import { retry } from './retry.ts';

/** An answer as it is before the run begins or goes on. */
export interface RecordedAnswer {
  messageId: string;
  /** With steps, when it goes on. */
  before: Pick<MessageProgress, 'content' | 'steps' | 'annotations'>;
  /** From earlier runs; `null` when there was none. Milliseconds. */
  firstContentMs: number | null;
  durationMs: number | null;
}

export interface RecorderDependencies {
  messages: Pick<Messages, 'progress'>;
  /** Called once when the answer is no longer ours to give: it was deleted, or ended by somebody else. */
  onLost: () => void;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/** Writes an answer while it is given. */
export interface Recorder {
  readonly state: RunState;
  /** Takes note; writes soon, and at the end of a step or of a tool call at once. */
  take(record: RunRecord): void;
  /**
   * Writes the end, trying again for some seconds. Nothing is written afterwards.
   *
   * @returns false when the answer is no longer ours to give.
   * @throws What the database threw last.
   */
  finish(ending: Ending): Promise<boolean>;
  /** Writes no more; without {@link Recorder.finish}, the answer is taken for abandoned when its lease ends. */
  close(): void;
}

/** A crash costs no more text than a reader reads in this time. */
const WRITE_EVERY_MS = 1000;
/** Past it, other servers take the answer for abandoned: longer than a database restarts or a process stalls. */
export const LEASE_MS = 30_000;
/** Several tries before the lease ends. */
const RENEW_EVERY_MS = 5000;
/** How long the last write is tried: as long as the lease surely holds. */
const FINISH_WITHIN_MS = 20_000;

/** Begins to write an answer, whose row holds `ending: null` and a lease already. */
export function createRecorder(
  answer: RecordedAnswer,
  { messages, onLost, now, logger }: RecorderDependencies,
): Recorder {
  const startedAt = now();
  const thoughts = new Map<number, ReasoningDetail[]>(
    answer.before.steps.map(({ step, reasoning_details: details }) => [step, details]),
  );
  let state: RunState = {
    content: answer.before.content,
    steps: answer.before.steps,
    annotations: answer.before.annotations,
    ending: null,
    error: null,
    limit: null,
  };
  let { firstContentMs } = answer;
  let isChanged = false;
  /** What changed is worth a write of its own. */
  let isUrgent = false;
  let isDone = false;
  let writing: Promise<void> | null = null;
  let lastWriteAt = -Infinity;
  let soon: NodeJS.Timeout | undefined;
  const renewal = setInterval(() => write(), RENEW_EVERY_MS);

  function progress(ending: Ending | null): MessageProgress {
    const elapsed = (answer.durationMs ?? 0) + now() - startedAt;
    return {
      text: textOf(state.content),
      content: [...state.content],
      steps: state.steps.map((step): StoredStep => ({
        ...step,
        reasoning_details: thoughts.get(step.step) ?? [],
      })),
      annotations: [...state.annotations],
      ending,
      error: state.error,
      limit: state.limit,
      firstContentMs,
      durationMs: ending === null ? null : elapsed,
      leaseUntil: ending === null ? new Date(now() + LEASE_MS) : null,
    };
  }

  /** One write at a time; what changes meanwhile is written by the next. */
  function write(): void {
    if (isDone || writing) return;
    clearTimeout(soon);
    soon = undefined;
    isChanged = false;
    isUrgent = false;
    lastWriteAt = now();
    writing = writeOnce().finally(() => {
      writing = null;
      if (isUrgent) write();
      else if (isChanged) writeSoon();
    });
  }

  async function writeOnce(): Promise<void> {
    try {
      if (await messages.progress(answer.messageId, progress(null), new Date(now()))) return;
      close();
      onLost();
    } catch (error) {
      isChanged = true; // The next write has it as well.
      logger.warn('A running answer could not be written; it will be tried again', { error });
    }
  }

  function writeSoon(): void {
    if (isDone) return;
    const ms = Math.max(0, lastWriteAt + WRITE_EVERY_MS - now());
    soon ??= setTimeout(write, Math.min(ms, WRITE_EVERY_MS));
  }

  function close(): void {
    isDone = true;
    clearTimeout(soon);
    clearInterval(renewal);
  }

  return {
    get state() {
      return state;
    },
    close,
    take(record) {
      if (record.type === 'reasoning-details') {
        const step = state.steps.at(-1)?.step;
        if (step !== undefined) thoughts.set(step, record.details);
      } else {
        state = reduceRun(state, record);
        if (showsSomething(record)) firstContentMs ??= now() - startedAt;
      }
      isChanged = true;
      isUrgent ||= isWorthWriting(record);
      if (isUrgent) write();
      else if (!writing) writeSoon();
    },
    async finish(ending) {
      const wasLost = isDone;
      close();
      await writing;
      if (wasLost) return false;
      return retry(() => messages.progress(answer.messageId, progress(ending), new Date(now())), {
        withinMs: FINISH_WITHIN_MS,
        onFailure: (error) =>
          logger.warn('The end of an answer could not be written; trying again', { error }),
        now,
      });
    },
  };
}

function isWorthWriting({ type }: RunRecord): boolean {
  return type === 'step-finish' || type === 'tool-call-result';
}

function showsSomething({ type }: RunEvent): boolean {
  switch (type) {
    case 'text-delta':
    case 'refusal-delta':
    case 'reasoning-delta':
    case 'annotation':
    case 'image':
    case 'tool-call-start':
      return true;
    case 'step-start':
    case 'start':
    case 'reasoning-end':
    case 'tool-call-arguments':
    case 'tool-call-run':
    case 'tool-call-result':
    case 'step-finish':
    case 'error':
    case 'finish':
      return false;
    default:
      return type satisfies never;
  }
}

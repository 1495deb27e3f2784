import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { errorCode } from '../../error-code.ts';
import { unlessAborted } from '../unless-aborted.ts';
import type { Answer, Job } from './messages.ts';

/** Why a job has no answer. */
export type ConfinedFailure =
  /** It took longer than it may. */
  | 'timeout'
  /** It took more memory than it may. */
  | 'memory'
  /** Too many jobs are waiting. */
  | 'busy'
  /** The job itself says what is wrong, in `message`. */
  | 'refused'
  /** The worker does not start, or is closed. */
  | 'broken';

/** A job that came to no result. */
export class ConfinedError extends Error {
  override readonly name = 'ConfinedError';
  readonly failure: ConfinedFailure;

  constructor(failure: ConfinedFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** A worker thread for work on untrusted input: whatever it is given, the server goes on. */
export interface ConfinedWorker<Input, Output> {
  /** @throws {@link ConfinedError}; the signal's reason when it aborts. */
  run(input: Input, signal: AbortSignal): Promise<Output>;
  close(): Promise<void>;
}

/** What a worker may use. */
export interface ConfinedOptions {
  /** Folder whose `worker.ts` (built: `worker.js`) calls `serve`. */
  folder: string;
  /** Milliseconds for one job. */
  timeLimitMs: number;
  /** Megabytes of JavaScript objects. */
  memoryLimitMb: number;
  /** Milliseconds for loading its code. @defaultValue 20000: a second or two, and more on a busy machine */
  loadLimitMs?: number;
}

const MAX_WAITING = 16; // Jobs; with a second or two for each, the last one waits half a minute.

/**
 * A worker that is started with its first job, kept for the next, and replaced when a job had to be
 * ended by force. It has no environment variables and does not keep the process alive.
 */
export function createConfinedWorker<Input, Output>(
  options: ConfinedOptions,
): ConfinedWorker<Input, Output> {
  let current: StartedWorker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  function started(): StartedWorker {
    if (current) return current;
    const fresh = start(options);
    fresh.worker.once('exit', () => {
      if (current === fresh) current = null;
    });
    return (current = fresh);
  }

  function drop({ worker }: StartedWorker): Promise<unknown> {
    if (current?.worker === worker) current = null;
    return worker.terminate();
  }

  async function work(input: Input, signal: AbortSignal): Promise<Output> {
    signal.throwIfAborted(); // While it waited.
    if (isClosed) throw new ConfinedError('broken', 'The worker is closed');
    const mine = started();
    const answered = await mine.ready
      .then(() => ask<Output>(mine.worker, input, options.timeLimitMs))
      .catch((error: ConfinedError) => {
        void drop(mine);
        // The next job should not wait for the loading; what did not load once will not at once.
        if (error.failure !== 'broken' && !isClosed) started();
        throw error;
      });
    if (answered.error !== null) throw new ConfinedError('refused', answered.error);
    return answered.output;
  }

  return {
    async run(input, signal) {
      signal.throwIfAborted();
      if (waiting >= MAX_WAITING) throw new ConfinedError('busy', 'Too many jobs are waiting');
      waiting += 1;
      const turn = last.then(() => work(input, signal)).finally(() => (waiting -= 1));
      last = turn.catch(() => undefined);
      return unlessAborted(turn, signal);
    },
    async close() {
      isClosed = true;
      if (current) await drop(current);
    },
  };
}

interface StartedWorker {
  worker: Worker;
  /** Rejects with a ConfinedError `broken` when it does not load. */
  ready: Promise<void>;
}

function start({ folder, memoryLimitMb, loadLimitMs = 20_000 }: ConfinedOptions): StartedWorker {
  const file = import.meta.filename.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  const worker = new Worker(join(folder, file), {
    env: {},
    stdout: true, // What libraries print is nobody's business here.
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb, maxYoungGenerationSizeMb: 32 },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.unref();
  worker.on('error', () => undefined); // Whoever waits for an answer listens as well.

  const ready = firstMessage(worker, loadLimitMs);
  ready.catch(() => undefined); // Perhaps nobody asks any more.
  return { worker, ready };
}

async function firstMessage(worker: Worker, limitMs: number): Promise<void> {
  const ended = new AbortController();
  worker.once('exit', () => ended.abort(new Error('The worker ended')));
  try {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(limitMs)]);
    await once(worker, 'message', { signal });
  } catch (error) {
    throw new ConfinedError('broken', 'The worker does not start', { cause: error });
  }
}

let jobs = 0;

/** @throws ConfinedError `timeout`, `memory`, `broken`: the worker cannot be used any more. */
function ask<Output>(worker: Worker, input: unknown, timeLimitMs: number): Promise<Answer<Output>> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<Output>>();
  const id = (jobs += 1);
  const timer = setTimeout(
    () => reject(new ConfinedError('timeout', 'The job took too long')),
    timeLimitMs,
  );
  const onError = (error: Error) => {
    const isMemory = errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(
      isMemory
        ? new ConfinedError('memory', 'The job took too much memory', { cause: error })
        : new ConfinedError('broken', 'The worker failed', { cause: error }),
    );
  };
  const onExit = () => reject(new ConfinedError('broken', 'The worker ended'));
  const onMessage = (answer: Answer<Output>) => {
    if (answer.id === id) resolve(answer);
  };
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  worker.postMessage({ id, input } satisfies Job, []);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
}

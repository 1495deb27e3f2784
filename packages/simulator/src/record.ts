import type { RequestHandler } from 'express';
import { requestFacts } from './context.ts';
import type { RecordedRequest } from './options.ts';

/** Keeps the latest requests, and what became of them. */
export interface Recorder {
  /** Oldest first. */
  readonly requests: RecordedRequest[];
  readonly middleware: RequestHandler;
  /** From now on a closed connection is the simulator's doing, not the client's. */
  stop(): void;
}

export function createRecorder(maxRequests: number, now: () => number): Recorder {
  const requests: RecordedRequest[] = [];
  let isStopped = false;

  const middleware: RequestHandler = function recordRequest(_request, response, next) {
    const facts = requestFacts(response);
    const { record } = facts;
    requests.push(record);
    if (requests.length > maxRequests) requests.shift();
    response.on('close', () => {
      const isWhole = response.writableFinished;
      record.closedAt = now();
      record.finished = isWhole && !facts.interrupted;
      record.aborted = !isWhole && !facts.interrupted && !isStopped;
    });
    next();
  };

  return {
    requests,
    middleware,
    stop() {
      isStopped = true;
    },
  };
}

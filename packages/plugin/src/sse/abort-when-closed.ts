import type { Response } from 'express';

/** A signal that is aborted when the reader leaves before the answer is complete. */
export function abortWhenClosed(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

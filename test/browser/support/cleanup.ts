/** What has to be closed again, in reverse order, also when only some of it could be opened. */
export interface Cleanup {
  add: (close: () => Promise<unknown>) => void;
  /** Closes all of it, and only then throws what went wrong on the way. */
  run: () => Promise<void>;
}

/** An empty list; a test that forgets something here keeps the whole run from ending. */
export function createCleanup(): Cleanup {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void closers.unshift(close),
    async run() {
      const failures: unknown[] = [];
      for (const close of closers.splice(0)) {
        await close().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed');
    },
  };
}

/**
 * Calls `refresh` again and again, `intervalMs` after the last call has ended. The timer does not
 * keep the process alive.
 *
 * @returns A function that stops it.
 */
export function startBackgroundRefresh(
  refresh: () => Promise<void>,
  intervalMs: number,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;

  function arm(): void {
    timer = setTimeout(() => void run(), intervalMs).unref();
  }
  async function run(): Promise<void> {
    try {
      await refresh();
    } finally {
      if (!stopped) arm();
    }
  }

  arm();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

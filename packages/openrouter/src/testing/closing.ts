/** Anything that a test has to close. */
interface Closable {
  close(): Promise<unknown>;
}

/**
 * Called once in a test file: closes what is handed to the returned function after each test, the
 * latest first.
 */
export function useClosing(): <T extends Closable>(closable: T) => T {
  const open: Closable[] = [];
  afterEach(async () => {
    for (const closable of open.splice(0).toReversed()) await closable.close();
  });
  return (closable) => {
    open.push(closable);
    return closable;
  };
}

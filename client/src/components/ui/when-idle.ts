/** The page has had time to become usable by then, also where the browser does not tell. */
const LATEST_MS = 2000;

/**
 * Loads something once the page has nothing better to do. For an effect: what it returns calls it off.
 *
 * @param load - May fail: whoever needs it asks again, and tells.
 */
export function whenIdle(load: () => Promise<unknown>): () => void {
  const run = () => void load().catch(() => undefined);
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, LATEST_MS);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: LATEST_MS });
  return () => cancelIdleCallback(handle);
}

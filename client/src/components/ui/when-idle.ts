/** A page without a chat never tells that it is usable; it has had time to become so by then. */
const LATEST_MS = 2000;

let tell: () => void;
const told = new Promise<void>((resolve) => {
  tell = resolve;
});

/** Tells that the first question can be asked, so that what comes after it may be loaded. */
export function markUsable(): void {
  tell();
}

/** Waits until the first question can be asked, or for two seconds. */
export async function pageIsUsable(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const latest = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LATEST_MS);
  });
  await Promise.race([told, latest]);
  clearTimeout(timer);
}

/**
 * Loads something once the page is usable and has nothing better to do. For an effect: what it returns
 * calls it off.
 *
 * @param load - May fail: whoever needs it asks again, and tells.
 */
export function whenIdle(load: () => Promise<unknown>): () => void {
  let isCalledOff = false;
  const run = () => {
    if (!isCalledOff) load().catch(() => undefined);
  };
  void pageIsUsable().then(() => onIdle(run));
  return () => {
    isCalledOff = true;
  };
}

function onIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: LATEST_MS });
  else setTimeout(run);
}

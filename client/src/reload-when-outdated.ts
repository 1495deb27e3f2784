const KEY = 'openrouter-native:reloaded-at';
/** A part that is still missing after this is broken, and loading again would not help. */
const ONCE_IN_MS = 60_000;

/**
 * Loads the page again when one of its parts is gone, as after an update of the server: the old page
 * asks for files that the new build does not have.
 */
export function reloadWhenOutdated(
  target: EventTarget,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  reload: () => void,
  now: () => number,
): void {
  target.addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine) return; // Then everything is missing, and nothing is outdated.
    if (now() - Number(storage.getItem(KEY) ?? 0) < ONCE_IN_MS) return;
    storage.setItem(KEY, String(now()));
    event.preventDefault();
    reload();
  });
}

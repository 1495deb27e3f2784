import { useSyncExternalStore } from 'react';

/** Below the width at which a row has columns; the same as Tailwind's `sm`. */
const NARROW = '(width < 40rem)';

/** Whether the window is as narrow as a phone's. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

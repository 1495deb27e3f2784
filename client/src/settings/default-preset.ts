/** Which preset new conversations begin with, in this browser. */
export interface DefaultPreset {
  /** Its id; `null` for none. It may have been deleted. */
  get: () => string | null;
  set: (presetId: string | null) => void;
  subscribe: (listener: () => void) => () => void;
}

const KEY = 'openrouter-native:default-preset';

export function createDefaultPreset(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): DefaultPreset {
  const listeners = new Set<() => void>();
  let current = storage.getItem(KEY);

  return {
    get: () => current,
    set(presetId) {
      current = presetId;
      if (presetId === null) storage.removeItem(KEY);
      else storage.setItem(KEY, presetId);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

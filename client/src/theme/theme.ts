/** What the reader chose; `system` follows `prefers-color-scheme`. */
export const themes = ['system', 'light', 'dark'] as const;
/** One of `themes`. */
export type Theme = (typeof themes)[number];

/** The choice of this browser, kept over visits. */
export interface ThemeStore {
  get: () => Theme;
  set: (theme: Theme) => void;
  subscribe: (listener: () => void) => () => void;
}

/** Also read by `public/theme.js`, before the first paint. */
const KEY = 'openrouter-native:theme';

/** @param root - The `html` element, which carries the choice as `data-theme`. */
export function createThemeStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  root: HTMLElement,
): ThemeStore {
  const listeners = new Set<() => void>();
  let current = themes.find((theme) => theme === storage.getItem(KEY)) ?? 'system';

  return {
    get: () => current,
    set(theme) {
      current = theme;
      if (theme === 'system') {
        storage.removeItem(KEY);
        delete root.dataset['theme'];
      } else {
        storage.setItem(KEY, theme);
        root.dataset['theme'] = theme;
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

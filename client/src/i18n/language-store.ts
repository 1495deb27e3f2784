import { languages, matchLanguage, type Language } from './languages.ts';

/** The language of this browser, kept over visits. */
export interface LanguageStore {
  get: () => Language;
  set: (language: Language) => void;
  subscribe: (listener: () => void) => () => void;
}

const KEY = 'openrouter-native:language';

/** @param preferred - What the browser asks for, used until somebody chooses. */
export function createLanguageStore(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  preferred: readonly string[],
): LanguageStore {
  const listeners = new Set<() => void>();
  const stored = storage.getItem(KEY);
  let current = languages.find((language) => language === stored) ?? matchLanguage(preferred);

  return {
    get: () => current,
    set(language) {
      current = language;
      storage.setItem(KEY, language);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

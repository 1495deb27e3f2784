import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './languages.ts';
import type { Dictionary } from './locales/en/index.ts';

/** Each language is a file of its own, loaded when it is needed. */
const dictionaries: Record<Language, () => Promise<Dictionary>> = {
  en: async () => (await import('./locales/en/index.ts')).en,
  de: async () => (await import('./locales/de/index.ts')).de,
  'zh-CN': async () => (await import('./locales/zh-CN/index.ts')).zhCN,
};

/** Every text of the page, in one language at a time. */
export interface Translator {
  i18n: I18n;
  /** Loads a language and shows the page in it. */
  use: (language: Language) => Promise<void>;
}

/** @param dictionary - Of the language to begin with. */
export function createTranslator(language: Language, dictionary: Dictionary): Translator {
  const i18n = createInstance();
  void i18n.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: dictionary } },
    fallbackLng: false,
    initAsync: false, // Everything is at hand: texts can be asked for on the next line.
    interpolation: { escapeValue: false }, // React escapes.
  });
  return {
    i18n,
    async use(next) {
      if (!i18n.hasResourceBundle(next, 'translation')) {
        i18n.addResourceBundle(next, 'translation', await loadDictionary(next));
      }
      await i18n.changeLanguage(next);
    },
  };
}

/** The texts of one language. */
export function loadDictionary(language: Language): Promise<Dictionary> {
  return dictionaries[language]();
}

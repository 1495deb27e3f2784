import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './languages.ts';
import type { Dictionary } from './locales/en/index.ts';

/** Some areas of a dictionary. */
export type Texts = Partial<Dictionary>;

/** Each language is two files of its own: what the page begins with, and the rest. */
const dictionaries: Record<Language, { first: () => Promise<Texts>; late: () => Promise<Texts> }> =
  {
    en: {
      first: async () => (await import('./locales/en/first.ts')).first,
      late: async () => (await import('./locales/en/late.ts')).late,
    },
    de: {
      first: async () => (await import('./locales/de/first.ts')).first,
      late: async () => (await import('./locales/de/late.ts')).late,
    },
    'zh-CN': {
      first: async () => (await import('./locales/zh-CN/first.ts')).first,
      late: async () => (await import('./locales/zh-CN/late.ts')).late,
    },
  };

/** Every text of the page, in one language at a time. */
export interface Translator {
  i18n: I18n;
  /** More texts of the language it began with. */
  add: (texts: Texts) => void;
  /** Loads a language and shows the page in it. */
  use: (language: Language) => Promise<void>;
}

/** @param texts - Of the language to begin with. */
export function createTranslator(language: Language, texts: Texts): Translator {
  const i18n = createInstance();
  void i18n.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: texts } },
    fallbackLng: false,
    initAsync: false, // Everything is at hand: texts can be asked for on the next line.
    interpolation: { escapeValue: false }, // React escapes.
    react: { bindI18nStore: 'added' }, // More texts may come while the page is shown.
  });
  const complete = new Set<Language>();
  return {
    i18n,
    add(more) {
      i18n.addResourceBundle(language, 'translation', more, true);
      complete.add(language);
    },
    async use(next) {
      if (!complete.has(next)) {
        const all = await Promise.all([loadFirstTexts(next), loadLateTexts(next)]);
        for (const part of all) i18n.addResourceBundle(next, 'translation', part, true);
        complete.add(next);
      }
      await i18n.changeLanguage(next);
    },
  };
}

/** What the page begins with. */
export function loadFirstTexts(language: Language): Promise<Texts> {
  return dictionaries[language].first();
}

/** What pages and panels beside the chat say. */
export function loadLateTexts(language: Language): Promise<Texts> {
  return dictionaries[language].late();
}

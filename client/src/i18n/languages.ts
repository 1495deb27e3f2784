/** Languages the page is written in, by BCP 47 tag. The first stands in where no other matches. */
export const languages = ['en', 'de', 'zh-CN'] as const;
/** One of `languages`. */
export type Language = (typeof languages)[number];

/** Each language's name in itself, as menus show it. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  'zh-CN': '简体中文',
};

/**
 * The language that fits a reader best. Chinese of every region gets the simplified script, since
 * there is no other.
 *
 * @param preferred - BCP 47 tags, best first, such as `navigator.languages`.
 */
export function matchLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const base = primaryOf(tag);
    const match = languages.find((language) => primaryOf(language) === base);
    if (match) return match;
  }
  return languages[0];
}

function primaryOf(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? '';
}

import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { zhCN } from './zh-CN/index.ts';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** `area.key` of every text, without the endings of plurals. */
function keysOf(texts: Texts): string[] {
  const keys = Object.entries(texts).flatMap(([area, entries]) =>
    Object.keys(entries).map((key) => `${area}.${key.replace(PLURAL, '')}`),
  );
  return [...new Set(keys)].toSorted();
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? '').toSorted();
}

describe.each([
  ['de', de as Texts],
  ['zh-CN', zhCN as Texts],
])('%s', (language, texts) => {
  it('says everything that English says, and nothing else', () => {
    expect(keysOf(texts)).toEqual(keysOf(en));
  });

  it('leaves no text empty and no name out', () => {
    for (const [area, entries] of Object.entries(en as Texts)) {
      for (const [key, english] of Object.entries(entries)) {
        const text = texts[area]?.[key];
        if (text === undefined && PLURAL.test(key)) continue;
        expect([key, text?.trim()]).not.toEqual([key, '']);
        const names = placeholdersOf(text ?? '').filter((name) => name !== 'count');
        const wanted = placeholdersOf(english).filter((name) => name !== 'count');
        expect([key, names]).toEqual([key, wanted]);
      }
    }
  });

  it('has every form of a plural that the language knows', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [area, entries] of Object.entries(en as Texts)) {
      for (const key of Object.keys(entries).filter((name) => name.endsWith('_other'))) {
        const stem = key.replace(PLURAL, '');
        for (const form of forms) expect(texts[area]).toHaveProperty(`${stem}_${form}`);
      }
    }
  });
});

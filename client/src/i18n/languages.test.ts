import { matchLanguage } from './languages.ts';

it.each([
  [['de-AT', 'en'], 'de'],
  [['fr-FR', 'zh-Hans-SG', 'en'], 'zh-CN'],
  [['EN-gb'], 'en'],
  [['fr', 'it'], 'en'],
  [[], 'en'],
])('reads %j as %s', (preferred, language) => {
  expect(matchLanguage(preferred)).toBe(language);
});

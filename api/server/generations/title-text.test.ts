import fc from 'fast-check';
import { cleanTitle, firstWords, MAX_TITLE_CHARACTERS } from './title-text.ts';

describe('cleanTitle', () => {
  it.each([
    ['The Sea', 'The Sea'],
    ['"The Sea"', 'The Sea'],
    ['“The ‘calm’ Sea.”', 'The ‘calm’ Sea'],
    ['**Title: The Sea**', 'The Sea'],
    ['# The Sea\n\nIt is about …', 'The Sea'],
    ['\n\n  The\tSea  \n', 'The Sea'],
    ['「海について」', '海について'],
    ['Was ist C++?', 'Was ist C++?'],
    ['"""', ''],
    ['', ''],
  ])('makes %j %j', (text, title) => {
    expect(cleanTitle(text)).toBe(title);
  });
});

describe('firstWords', () => {
  it('are cut between words', () => {
    const title = firstWords('word '.repeat(40));

    expect(title).toBe(`${'word '.repeat(15).trim()}…`);
  });

  it('are cut anywhere where there are no words', () => {
    expect(firstWords('海'.repeat(100))).toBe(`${'海'.repeat(79)}…`);
  });

  it('are never cut within a character', () => {
    expect(firstWords('👩‍👩‍👧'.repeat(20))).toBe(`${'👩‍👩‍👧'.repeat(9)}…`);
  });

  it('have a name for nothing', () => {
    expect(firstWords(' \n')).toBe('New Chat');
  });
});

it('is one line of at most 80 characters, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const title of [cleanTitle(text), firstWords(text)]) {
        expect(title.length).toBeLessThanOrEqual(MAX_TITLE_CHARACTERS);
        expect(title).not.toMatch(/[\n\r\0\u2028]|^\s|\s$/);
      }
    }),
  );
});

import type { ContentPart } from '@openrouter-native/protocol';
import { rewriteText } from './rewrite.ts';

const text = (words: string, step?: number): ContentPart => ({
  type: 'text',
  text: words,
  ...(step !== undefined && { step }),
});
const thought: ContentPart = { type: 'think', think: 'Hm', step: 0 };
const file: ContentPart = {
  type: 'file',
  file: { file_id: 'f', filename: 'f', type: 'text/plain', filepath: '/f', bytes: 1 },
};

describe('without a place', () => {
  it.each([
    ['the only text', [text('a', 0), file], [text('new', 0), file]],
    ['the last text, and takes the others away', [text('a', 0), thought, text('b', 1)], [thought, text('new', 1)]], // prettier-ignore
    ['nothing, and comes first', [file], [text('new'), file]],
    ['nothing at all', [], [text('new')]],
  ])('takes the place of %s', (_what, content, expected) => {
    expect(rewriteText(content, 'new', null)).toEqual(expected);
  });
});

describe('at a place', () => {
  it('changes that text only', () => {
    const content = [text('a', 0), thought, text('b', 1)];

    expect(rewriteText(content, 'new', 0)).toEqual([text('new', 0), thought, text('b', 1)]);
    expect(content[0]).toEqual(text('a', 0));
  });

  it.each([1, 2, 99])('refuses place %i, where there is no text', (index) => {
    expect(() => rewriteText([text('a'), thought], 'new', index)).toThrow(
      expect.objectContaining({ reason: 'invalid_request' }),
    );
  });
});

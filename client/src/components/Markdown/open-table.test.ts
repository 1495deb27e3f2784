import { completeTableHead } from './open-table.ts';

const TABLE = '| | hash | map |\n|---|---|---|\n| cost | low | high |';

it('shows a table from its first word on, and never a delimiter row', () => {
  for (let length = TABLE.indexOf('h') + 1; length <= TABLE.length; length += 1) {
    const [head, delimiters] = completeTableHead(TABLE.slice(0, length)).split('\n');

    expect(delimiters).toMatch(/^\|(?:---\|)+$/);
    expect(delimiters?.split('|')).toHaveLength(head?.split('|').length ?? 0);
  }
});

it('shows nothing of a table of which only bars have come', () => {
  expect(completeTableHead('|')).toBe('');
  expect(completeTableHead('Row by row:\n| |')).toBe('Row by row:');
});

it('counts an escaped bar as part of its cell', () => {
  expect(completeTableHead('| a \\| b | c |\n| -')).toBe('| a \\| b | c |\n|---|---|');
});

it.each([
  ['a whole table', TABLE],
  ['a table with alignment', '| a | b |\n|:--|--:|'],
  ['words', 'One | two'],
  ['lines of bars that are no table', '| a\n| b'],
  ['what follows a table', `${TABLE}\nThat is all.`],
])('leaves %s as it is', (_, text) => {
  expect(completeTableHead(text)).toBe(text);
});

import fc from 'fast-check';
import { GROUP_LINES, type Block } from './block.ts';
import { appendText, emptySplit, lastChapter, splitText, type SplitText } from './split-blocks.ts';

const blocksOf = (split: SplitText): Block[] => [...split.chapters.flat(), ...lastChapter(split)];
const blocks = (text: string) => blocksOf(splitText(text));
const shown = (text: string) =>
  blocks(text).map((block) =>
    block.kind === 'text'
      ? block.text
      : { [block.kind]: block.groups.join('\n').split('\n').slice(0, 3).join('|') },
  );

it('splits at blank lines', () => {
  expect(shown('# One\n\nTwo\nstill two\n\n\n> three')).toEqual([
    '# One',
    'Two\nstill two',
    '> three',
  ]);
});

it('keeps code with blank lines whole, also right below a paragraph', () => {
  expect(shown('Look:\n```ts title=a.ts\nconst a = 1;\n\nconst b = 2;\n```\nDone')).toEqual([
    'Look:',
    { code: 'const a = 1;||const b = 2;' },
    'Done',
  ]);
});

it('reads language and state of a fence', () => {
  expect(blocks('~~~py {1,2}\nprint(1)')).toEqual([
    { kind: 'code', language: 'py', groups: ['print(1)'], isOpen: true },
  ]);
  expect(blocks('```\n```')).toEqual([{ kind: 'code', language: null, groups: [], isOpen: false }]);
});

it('takes a longer fence around a shorter one as one', () => {
  expect(shown('````md\n```ts\na\n```\n````\n\nend')).toEqual([{ code: '```ts|a|```' }, 'end']);
});

it('takes off the columns that a fence is indented by', () => {
  expect(shown('  ```\n  a\n    b\n c\n  ```')).toEqual([{ code: 'a|  b|c' }]);
});

it('keeps a list with blank lines, indented parts and code whole', () => {
  const list = '1. one\n\n   more of one\n\n2. two\n   ```\n   code\n\n   code\n   ```\n3. three';

  expect(shown(`${list}\n\nend`)).toEqual([list, 'end']);
});

it('ends a list where code begins at the margin', () => {
  expect(shown('- one\n```\ncode\n```')).toEqual(['- one', { code: 'code' }]);
});

it('cuts a long list between two of its items', () => {
  const item = `- ${'words '.repeat(20)}\n  - below it`;
  const found = blocks(Array.from({ length: 40 }, () => item).join('\n'));

  expect(found.length).toBeGreaterThan(2);
  for (const [index, block] of found.entries()) {
    expect(block).toMatchObject({ kind: 'text', continuesList: index > 0 });
    expect(block.kind === 'text' && block.text.startsWith('- words')).toBe(true);
  }
});

it('finds a table, also right below a paragraph, and ends it with the first line that is no row', () => {
  expect(blocks('Prices:\n| a | b |\n|---|--:|\n| 1 | 2 |\nThat is all.')).toEqual([
    { kind: 'text', text: 'Prices:', continuesList: false },
    { kind: 'table', head: '| a | b |\n|---|--:|', groups: ['| 1 | 2 |'] },
    { kind: 'text', text: 'That is all.', continuesList: false },
  ]);
});

it.each(['a | b\n---', '| a | b |\n|---|', 'One | two\n- - -'])('finds no table in %j', (text) => {
  expect(blocks(text).map(({ kind }) => kind)).toEqual(['text']);
});

it('keeps a formula with blank lines whole, but only if it ends', () => {
  expect(shown('$$\na\n\nb\n$$\n\nend')).toEqual(['$$\na\n\nb\n$$', 'end']);
  expect(shown('\\[\na\n\n\\]\n\nend')).toEqual(['\\[\na\n\n\\]', 'end']);
  expect(shown(`$$\n\n${'word\n\n'.repeat(100)}end`).length).toBeGreaterThan(10);
});

it('notes where links lead to, but not what code says', () => {
  const { definitions } = splitText(
    'See [it][A].\n\n[a]: https://example.com\n\n```\n[b]: https://example.org\n```\n\n[^1]: A note.\n',
  );

  expect([...definitions]).toEqual([
    ['a', '[a]: https://example.com'],
    ['^1', '[^1]:'],
  ]);
});

it('gives nothing for nothing', () => {
  expect(blocks('')).toEqual([]);
  expect(blocks('\n\n')).toEqual([]);
});

it('keeps the groups of long code', () => {
  const lines = Array.from({ length: GROUP_LINES * 2 + 3 }, (_, index) => `line ${index}`);
  const [code] = blocks(`\`\`\`\n${lines.join('\n')}`);

  expect(code?.kind === 'code' && code.groups.map((group) => group.split('\n').length)).toEqual([
    GROUP_LINES,
    GROUP_LINES,
    3,
  ]);
});

/** Everything that makes a difference to the splitter, in random order. */
const markdown = fc
  .array(
    fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      ' ',
      '   ',
      '\t',
      '```',
      '```ts',
      '````',
      '~~~',
      '$$',
      '\\[',
      '\\]',
      '- ',
      '12. ',
      '* a',
      '| a | b |',
      '|---|---|',
      '|',
      '# ',
      '> ',
      '[a]: x',
      '\\|',
      'word',
    ),
    { maxLength: 80 },
  )
  .map((pieces) => pieces.join(''));

/** The same text in pieces that are cut anywhere. */
const pieces = markdown.chain((text) =>
  fc
    .array(fc.nat({ max: text.length }), { maxLength: 12 })
    .map((cuts) => cuts.toSorted((a, b) => a - b))
    .map((cuts) => [0, ...cuts].map((cut, index) => text.slice(cut, cuts[index] ?? text.length))),
);

it('splits a text that comes in pieces as if it had come at once', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      expect(parts.reduce(appendText, emptySplit)).toEqual(splitText(parts.join('')));
    }),
    { numRuns: 2000 },
  );
});

it('never changes a block once another has begun after it', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      let split = emptySplit;
      for (const part of parts) {
        const before = [...split.chapters.flat(), ...split.settled];
        split = appendText(split, part);
        const after = [...split.chapters.flat(), ...split.settled];
        for (const [index, block] of before.entries()) expect(after[index]).toBe(block);
      }
    }),
    { numRuns: 500 },
  );
});

const words = (text: string) => text.match(/word|\ba\b/g)?.length ?? 0;

it('loses no word, whatever the text looks like', () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const kept = blocks(text).map((block) =>
        block.kind === 'text'
          ? block.text
          : [block.kind === 'table' ? block.head : '', ...block.groups].join('\n'),
      );
      const fences = text.match(/(?:```|~~~)[^\n]*/g) ?? []; // What stands beside a fence names its language.
      const beside = fences.reduce((sum, line) => sum + words(line), 0);
      expect(words(kept.join('\n'))).toBeGreaterThanOrEqual(words(text) - beside);
    }),
    { numRuns: 1000 },
  );
});

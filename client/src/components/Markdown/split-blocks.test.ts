import { splitBlocks } from './split-blocks.ts';

const texts = (markdown: string) => splitBlocks(markdown).map(({ text }) => text);

it('splits at blank lines', () => {
  expect(texts('# One\n\nTwo\nstill two\n\n\n> three')).toEqual([
    '# One',
    'Two\nstill two',
    '> three',
  ]);
});

it('keeps a fence with blank lines whole', () => {
  const code = '```ts\nconst a = 1;\n\nconst b = 2;\n```';

  expect(texts(`Look:\n\n${code}\n\nDone`)).toEqual(['Look:', code, 'Done']);
});

it('takes a longer fence around a shorter one as one', () => {
  const code = '````md\n```ts\na\n```\n\nb\n````';

  expect(texts(`${code}\n\nend`)).toEqual([code, 'end']);
});

it('keeps a list with blank lines and indented parts whole', () => {
  const list = '1. one\n\n   more of one\n\n2. two\n   ```\n   code\n\n   code\n   ```';

  expect(texts(`${list}\n\nend`)).toEqual([list, 'end']);
});

it('says that a fence is still open', () => {
  expect(splitBlocks('a\n\n```py\nprint(1)\n')).toEqual([
    { text: 'a', isOpenFence: false },
    { text: '```py\nprint(1)', isOpenFence: true },
  ]);
});

it('keeps a text with link definitions whole', () => {
  const text = 'See [it][1].\n\n[1]: https://example.com\n\nMore';

  expect(texts(text)).toEqual([text]);
});

it('gives nothing for nothing', () => {
  expect(splitBlocks('')).toEqual([]);
  expect(splitBlocks('\n\n')).toEqual([]);
});

it('keeps every finished block the same while text is added', () => {
  const answer =
    'Intro **bold**\n\n- a\n- b\n\n  more\n\n```js\nlet x;\n\nlet y;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.';
  let before = splitBlocks('');

  for (let length = 1; length <= answer.length; length += 1) {
    const now = splitBlocks(answer.slice(0, length));
    const settled = before.slice(0, -1);
    expect(now.slice(0, settled.length)).toEqual(settled);
    before = now;
  }
});

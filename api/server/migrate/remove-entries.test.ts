import fc from 'fast-check';
import { findEntries } from './find-entries.ts';
import { removeEntries } from './remove-entries.ts';

const remove = (text: string) => removeEntries(findEntries(text));

/** Lines of a list item at a dash in this column. */
const item = (column: number, ...lines: string[]) =>
  lines.map((line, index) => `${' '.repeat(column)}${index === 0 ? '- ' : '  '}${line}`).join('\n');

const anOpenRouterEntry = item(4, 'name: OpenRouter', 'apiKey: ${OPENROUTER_KEY}');

it('keeps comments and blank lines around an entry, and takes those inside it', () => {
  const text = `endpoints: # all of them
  custom:
    # Groq
    - name: groq # fast

    # OpenRouter
    - name: OpenRouter # not so fast
      # Drop what models do not know
      dropParams: ['stop']
      # titleModel: openai/gpt-5-mini

    # Mistral
    - name: mistral
other: 1
`;

  expect(remove(text)).toBe(`endpoints: # all of them
  custom:
    # Groq
    - name: groq # fast

    # OpenRouter

    # Mistral
    - name: mistral
other: 1
`);
});

it.each([
  [
    'the only entry',
    'endpoints:\n  custom:\n    - name: OpenRouter\n      models:\n        fetch: true\nx: 1\n',
    'endpoints:\n  custom: []\nx: 1\n',
  ],
  [
    'the only entry, with comments',
    'endpoints:\n  custom: # c\n    # d\n    - name: OpenRouter\n',
    'endpoints:\n  custom: [] # c\n    # d\n',
  ],
  [
    'the only entry of an anchored list',
    'endpoints:\n  custom: &all\n    - name: OpenRouter\n',
    'endpoints:\n  custom: &all []\n',
  ],
  [
    'an entry as deep as its key',
    'endpoints:\n  custom:\n  - name: OpenRouter\n    a: 1\n  # c\n  - name: b\n',
    'endpoints:\n  custom:\n  # c\n  - name: b\n',
  ],
  [
    'the last entry, without a line break',
    'endpoints:\n  custom:\n    - name: a\n    - name: OpenRouter',
    'endpoints:\n  custom:\n    - name: a\n',
  ],
  [
    'an entry that ends in a text block',
    'endpoints:\n  custom:\n    - name: OpenRouter\n      titlePrompt: |\n        # no comment\n\n        Name it\n    - name: b\n',
    'endpoints:\n  custom:\n    - name: b\n',
  ],
  [
    'several entries',
    'endpoints:\n  custom:\n    - name: OpenRouter\n    - name: b\n    - name: openrouter-2\n',
    'endpoints:\n  custom:\n    - name: b\n',
  ],
  [
    'an entry in a flow list',
    'endpoints: { custom: [ { name: a }, { name: OpenRouter, x: [1] }, { name: c } ] }\n',
    'endpoints: { custom: [ { name: a }, { name: c } ] }\n',
  ],
  [
    'the last entry of a flow list',
    'endpoints: { custom: [{ name: a }, { name: OpenRouter }] }\n',
    'endpoints: { custom: [{ name: a }, ] }\n',
  ],
  [
    'all entries of a flow list',
    'endpoints: { custom: [{ name: OpenRouter }] }\n',
    'endpoints: { custom: [] }\n',
  ],
  [
    'an entry that is an alias',
    'x: &or\n  name: OpenRouter\nendpoints:\n  custom:\n    - *or\n    - name: b\n',
    'x: &or\n  name: OpenRouter\nendpoints:\n  custom:\n    - name: b\n',
  ],
  [
    'an entry that merges defaults',
    'x: &d\n  titleConvo: true\nendpoints:\n  custom:\n    - <<: *d\n      name: OpenRouter\n',
    'x: &d\n  titleConvo: true\nendpoints:\n  custom: []\n',
  ],
  [
    'an entry with an anchor of its own',
    'endpoints:\n  custom:\n    - name: OpenRouter\n      headers: &h { a: b }\n      addParams: *h\n    - name: c\n',
    'endpoints:\n  custom:\n    - name: c\n',
  ],
  [
    'an entry known by its address',
    'endpoints:\n  custom:\n    - name: OR\n      baseURL: https://openrouter.ai/api/v1\n',
    'endpoints:\n  custom: []\n',
  ],
])('cuts %s out', (_name, text, rest) => {
  expect(remove(text)).toBe(rest);
});

it.each([
  ['invalid YAML', 'endpoints:\n  custom: [\n', /not valid YAML in line \d+/],
  ['tabs', 'endpoints:\n\tcustom:\n\t\t- name: OpenRouter\n', /line 2 .*spaces, not tabs/],
  ['several documents', 'a: 1\n---\nb: 2\n', /not valid YAML/],
  [
    'a list that is an alias',
    'x: &l\n  - name: OpenRouter\nendpoints:\n  custom: *l\n',
    /alias \(\*l\)/,
  ],
  [
    'a list that is merged',
    'x: &e\n  custom:\n    - name: OpenRouter\nendpoints:\n  <<: *e\n',
    /merged from elsewhere/,
  ],
  [
    'keys in a form that nobody uses',
    '? endpoints\n: ? custom\n  : - name: OpenRouter\n    - name: b\n',
    /cannot be cut out safely/,
  ],
  [
    'an anchor that others use',
    'endpoints:\n  custom:\n    - name: OpenRouter\n      headers: &h { a: b }\n    - name: c\n      headers: *h\n',
    /uses \*h elsewhere, which the entry in line 3 defines/,
  ],
  [
    'an alias bomb',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replaceAll(
      /./g,
      (c) =>
        `${c}: &${c} [${Array(9)
          .fill(`*${String.fromCharCode(c.charCodeAt(0) - 1)}`)
          .join(',')}]\n`,
    )}`,
    /far too much/,
  ],
])('refuses %s', (_name, text, reason) => {
  expect(() => remove(text)).toThrow(reason);
});

it('leaves a file alone in which there is nothing to cut out', () => {
  for (const text of [
    '',
    '# nothing\n',
    'endpoints:\n',
    'endpoints:\n  custom: no\n',
    'a',
    '[1, 2]',
  ]) {
    expect(remove(text)).toBe(text);
  }
});

it('leaves entries that lead to a server like this one to another LibreChat', () => {
  const text = `endpoints:\n  custom:\n    - name: OpenRouter\n      baseURL: https://chat.example.com/api/openrouter\n`;

  expect(remove(text)).toBe(text);
  expect(findEntries(text).ownEntries).toEqual(['OpenRouter']);
});

it('keeps every character but those of the entries, whatever stands around them', () => {
  const comment = fc.stringMatching(/^# [ -~ä-ü€]{0,12}$/);
  const between = fc.array(fc.constantFrom('', '    # a comment', '  # another'), { maxLength: 2 });
  const setting = fc.constantFrom(
    'models: { default: [a/b], fetch: true }',
    'models:\n        fetch: true\n        default:\n        - a/b',
    'titlePrompt: |\n        Name it.\n\n          # deeply',
    'titlePrompt: "two\n        lines"',
    'dropParams: [stop] # why not',
    '# modelDisplayLabel: x',
    'headers:\n        HTTP-Referer: https://example.com\n\n        X-Title: "#1"',
  );
  const entryOf = (name: fc.Arbitrary<string>) =>
    fc
      .tuple(
        name,
        fc.uniqueArray(setting, { maxLength: 3, selector: (text) => text.split(':')[0] }),
      )
      .map(([text, settings]) => item(4, `name: ${text}`, ...settings));
  const entry = fc.oneof(
    entryOf(fc.constantFrom('OpenRouter', '"openrouter"', "'My OpenRouter'")).map((text) => ({
      text,
      goes: true,
    })),
    entryOf(fc.constantFrom('groq', 'mistral', '"x"')).map((text) => ({ text, goes: false })),
  );
  const file = fc.record({
    head: fc.array(comment, { maxLength: 2 }),
    entries: fc.array(fc.tuple(between, entry), { minLength: 1, maxLength: 4 }),
    tail: fc.array(fc.constantFrom('', 'interface:\n  modelSelect: true', '# the end'), {
      maxLength: 2,
    }),
    newline: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
    lastNewline: fc.boolean(),
  });

  fc.assert(
    fc.property(file, ({ head, entries, tail, newline, bom, lastNewline }) => {
      const uniqueTail = [...new Set(tail)];
      const render = (isKept: (goes: boolean) => boolean, custom: string) =>
        [
          ...head,
          'endpoints:',
          custom,
          ...entries.flatMap(([lines, { text, goes }]) =>
            isKept(goes) ? [...lines, text] : lines,
          ),
          'version: 1.3.17',
          ...uniqueTail,
        ].join('\n');
      const finish = (text: string) =>
        (bom ? '\ufeff' : '') + (text + (lastNewline ? '\n' : '')).replaceAll('\n', newline);
      const before = finish(render(() => true, '  custom:'));
      const isEmpty = entries.every(([, { goes }]) => goes);

      const after = remove(before);

      const rest = finish(render((goes) => !goes, isEmpty ? '  custom: []' : '  custom:'));
      expect(after).toBe(rest);
      expect(remove(after)).toBe(after);
    }),
    { numRuns: 100 },
  );
});

it('finds the line of an entry', () => {
  const search = findEntries(`endpoints:\n  custom:\n    - name: a\n${anOpenRouterEntry}\n`);

  expect(search.entries).toMatchObject([
    { index: 1, name: 'OpenRouter', line: 4, fields: { apiKey: '${OPENROUTER_KEY}' } },
  ]);
});

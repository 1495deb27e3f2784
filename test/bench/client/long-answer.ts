const CODE_LINES = 1500;
const TOKEN_CHARACTERS = 4;

const PROSE =
  'A queue decouples **producers** from consumers, so a burst on one side does not become an outage on the ' +
  'other. It also moves the question of *when* work is done away from the question of `who` asked for it, ' +
  'which is what makes retries, priorities and back-pressure possible in the first place.';

const LIST = Array.from(
  { length: 12 },
  (_, index) =>
    `${index + 1}. Step ${index + 1} reads \`part-${index}\`, checks it, and hands it on.`,
).join('\n');

const TABLE = [
  '| Store | Reads per second | Writes per second | Notes |',
  '|---|--:|--:|---|',
  ...Array.from(
    { length: 30 },
    (_, index) =>
      `| store-${index} | ${1000 + index * 37} | ${400 + index * 11} | keeps *${index}* copies |`,
  ),
].join('\n');

const SHORT_CODE = [
  '```python',
  'def take(queue, limit=10):',
  '    """Takes what is there, at most `limit`."""',
  '    return [queue.get() for _ in range(min(limit, queue.qsize()))]',
  '```',
].join('\n');

/** An answer of about so many tokens: prose, lists, tables, code, and one fence of 1,500 lines. */
export function aLongAnswer(tokens: number): string {
  const code = Array.from({ length: CODE_LINES }, (_, index) =>
    index % 10 === 0 ? `// part ${index / 10}` : `const v${index} = f(${index});`,
  );
  const fence = ['```ts', ...code, '```'].join('\n');
  const sections: string[] = [];
  let length = fence.length;
  for (let index = 0; length < tokens * TOKEN_CHARACTERS; index += 1) {
    const body = [PROSE, LIST, PROSE, SHORT_CODE, PROSE, TABLE][index % 6] ?? PROSE;
    const section = `## Section ${index}\n\n${body}`;
    sections.push(section);
    length += section.length + 2;
    if (index === 20) sections.push(fence); // Words before it and after it.
  }
  return sections.join('\n\n');
}

/** A text in pieces as long as tokens are on average. */
export function tokensOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / TOKEN_CHARACTERS) }, (_, index) =>
    text.slice(index * TOKEN_CHARACTERS, (index + 1) * TOKEN_CHARACTERS),
  );
}

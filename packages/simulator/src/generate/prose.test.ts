import { startSimulator, type Simulator } from '../index.ts';
import { chat, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

describe('words', () => {
  it.each([
    ['What is the best way to store apples?', /apples/i],
    ['Explain virtual lists in React', /virtual lists in React/i],
    ['Give me four tips about sleep', /(?:^- .+\n?){4}/m],
    ['How do I bake bread? Give me 5 steps', /^5\. /m],
    ['Compare tea and coffee in a table', /^\| .*tea.* \| .*coffee.* \|\n\| --- \|/im],
    ['What is 17 * 23?', /391/],
  ])('talk about what was asked, and say who answers: %s', async (question, expected) => {
    const { text } = await chat(simulator, question);

    expect(text).toMatch(expected);
    expect(text).toContain('GPT-4o-mini');
  });

  it.each([
    ['python', 'Write a Python function that counts words', /def count_words\(words/],
    ['typescript', 'Show me TypeScript code to reverse names', /function reverseNames\(names/],
    ['go', 'Write a function in Go that filters lines', /func FilterLines\(lines \[\]string\)/],
    ['rust', 'Write a Rust function for unique ids', /pub fn unique_ids\(ids: &\[String\]\)/],
    ['java', 'Create a Java method, code please, for the longest name', /longestMethodName\(/],
    ['csharp', 'Write C# code that sums the totals of orders', /using System/],
    ['python', 'Write Python code that counts the complexities', /\bcomplexity\b/],
    ['bash', 'Write a bash script to count errors', /sort \| uniq -c/],
    ['sql', 'Write a SQL query to count orders', /GROUP BY order/],
    ['html', 'Build a web page about gardens', /<li class="garden">/],
    ['css', 'Write CSS for cards', /\.cards \{/],
  ])('hold a fenced block of %s when code is asked for', async (language, question, expected) => {
    const { text } = await chat(simulator, question);

    const block = new RegExp(`\`\`\`${language}\\n([^]+?)\\n\`\`\``).exec(text);
    expect(block?.[1]).toMatch(expected);
  });

  it('are exactly what was dictated', async () => {
    expect((await chat(simulator, 'Reply with exactly "pong 7"')).text).toBe('pong 7');
  });

  it('become a short title when a title of the conversation is wanted', async () => {
    const { text } = await chat(
      simulator,
      'Write a short title for this conversation:\n\nUser: How do I tune Postgres indexes?',
    );

    expect(text.split(' ').length).toBeLessThanOrEqual(5);
    expect(text).toMatch(/Postgres Indexes/);
    expect(text).not.toMatch(/["\n.]/);
  });

  it('vary in length with what is asked', async () => {
    const short = await chat(simulator, 'Explain tides briefly');
    const long = await chat(simulator, 'Explain tides in detail');

    expect(short.text.length).toBeLessThan(200);
    expect(long.text.length).toBeGreaterThan(800);
  });

  it('know the question before and the instructions', async () => {
    const { text } = await chat(simulator, {
      messages: [
        { role: 'system', content: 'You are a patient teacher. Use few words.' },
        user('Explain tides'),
        { role: 'assistant', content: 'They come and go.' },
        user('Explain the moon'),
      ],
    });

    expect(text).toMatch(/tides/);
    expect(text).toMatch(/You are a patient teacher\./);
  });
});

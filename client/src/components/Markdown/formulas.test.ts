import { markFormulas, mayHoldFormula, withoutUnfinishedFormula } from './formulas.ts';

it.each([
  ['Let \\(x^2\\) be', 'Let $$x^2$$ be'],
  ['Let $x$ be', 'Let $$x$$ be'],
  ['as $O(n \\log n)$.', 'as $$O(n \\log n)$$.'],
  ['($a_1$, $b = \\max(a, 2)$)', '($$a_1$$, $$b = \\max(a, 2)$$)'],
  ['so $$a$$ inside', 'so $$\\displaystyle a$$ inside'],
])('finds the formula inside a line: %s', (text, marked) => {
  expect(markFormulas(text)).toBe(marked);
});

it.each([
  ['\\[ x = 1 \\]', '$$\nx = 1\n$$'],
  ['$$x = 1$$', '$$\nx = 1\n$$'],
  ['So:\n\\[\nx\n\n= 1\n\\]\nand', 'So:\n$$\nx\n= 1\n$$\nand'],
  ['1. So:\n   $$x$$\n2. And', '1. So:\n   $$\n   x\n   $$\n2. And'],
])('puts a formula that stands alone on lines of its own: %j', (text, marked) => {
  expect(markFormulas(text)).toBe(marked);
});

it.each([
  'It costs $5 and $10.',
  'Between $5-$10, or $5/$10, or US$5 vs. A$6.',
  '($5) and ($6)',
  'From $100M to $200M, **$3**',
  'Set $HOME and $PATH',
  'Buy $AAPL/$TSLA now',
  'Escaped \\$x\\$ dollars',
  'A price of $20',
  '`$x$` and ``\\(y\\)`` are code',
  '- so:\n  ```sh\n  echo $a $b\n  ```',
  '```\n$$\nopen code',
  '> $$\n> x\n> $$',
])('finds no formula in %j', (text) => {
  expect(markFormulas(text)).toBe(text);
});

it('goes on after code', () => {
  expect(markFormulas('`a` then $x$ then `$b$`')).toBe('`a` then $$x$$ then `$b$`');
});

it('tells at once that most texts have none', () => {
  expect(mayHoldFormula('Nothing [here](x) to see')).toBe(false);
  expect(mayHoldFormula('Costs $5')).toBe(true);
});

it.each([
  ['Hence $$a + ', 'Hence'],
  ['Hence \\[ a', 'Hence'],
  ['Hence \\( a', 'Hence'],
  ['Hence $$a$$ and \\(b\\) or', 'Hence $$a$$ and \\(b\\) or'],
  ['It costs $5', 'It costs $5'],
])('holds back what is only half there: %j', (text, shown) => {
  expect(withoutUnfinishedFormula(text)).toBe(shown);
});

it('takes no longer for texts made to be hard', () => {
  const hard = [
    '$'.repeat(8000),
    '\\('.repeat(4000),
    '`'.repeat(8000),
    '$a '.repeat(3000),
    '$$ '.repeat(3000),
  ];
  const before = performance.now();

  for (const text of hard) withoutUnfinishedFormula(markFormulas(text));

  expect(performance.now() - before).toBeLessThan(5000);
});

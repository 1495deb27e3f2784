import { silentLogger } from '@openrouter-native/openrouter';
import fc from 'fast-check';
import { createCalculator } from './calculator.ts';

const WORKER_TIMEOUT_MS = 60_000; // The library loads in a second or two, and slower on a busy machine.

describe('calculator', () => {
  const { tool, close } = createCalculator(silentLogger);
  afterAll(close);
  const calculate = (expression: unknown, signal = new AbortController().signal) =>
    tool.run({ expression }, { signal, userId: 'ada' });
  beforeAll(() => calculate('1'), WORKER_TIMEOUT_MS);

  it.each([
    ['0.1 + 0.2', '0.3'],
    ['123456789 * 987654321', '121932631112635269'],
    ['2^100', '1267650600228229401496703205376'],
    ['1 / 3', '0.33333333333333333333'],
    ['sqrt(-4)', '2i'],
    ['15% * 240', '36'],
    ['200 + 10%', '220'],
    ['17 mod 5', '2'],
    ['5!', '120'],
    ['gamma(0.5)', '1.7724538509055'],
    ['round(2.567, 2)', '2.57'],
    ['mean(3, 4, 8)', '5'],
    ['max([1, 7, 3])', '7'],
    ['sin(30 deg)', '0.5'],
    ['5 inch to cm', '12.7 cm'],
    ['20 degC to degF', '68 degF'],
    ['5 kg * 9.81 m/s^2', '49.05 N'],
    ['3 × 4 ÷ 6 − 1', '1'],
    ['2 ** 10', '1024'],
    ['price = 12.50\nprice * 4', '12.5\n50'],
    ['10^10^10', '1e+10000000000'],
    ['7 > 3 ? 1 : 0', '1'],
  ])('calculates %j', async (expression, output) => {
    expect(await calculate(expression)).toEqual({ output, isError: false });
  });

  it.each([
    'import({a: 1})',
    'createUnit("knot")',
    'evaluate("1 + 1")',
    'parse("1")',
    'config({})',
    'simplify("x + x")',
    'ones(100000, 100000)',
    'random()',
    'range(1, 10)',
    '1:1000000000',
    '"text"',
    'sqrt("4")',
    'import',
    'cos.constructor("return process")()',
    'x = 1; x.constructor',
    'f(x) = f(x + 1); f(1)',
    '{a: 1}',
    '[1, 2][1]',
    '__proto__',
    'constructor',
    'version',
    'null',
    '',
    '2 +',
    '1;',
  ])('refuses %j, and says so', async (expression) => {
    expect(await calculate(expression)).toEqual({
      output: expect.stringMatching(/^This cannot be calculated: [^\n]{3,}$/),
      isError: true,
    });
  });

  it.each([
    ['a factorial of millions', 'factorial(10000000)', 'too long'],
    ['very many combinations', 'combinations(1000000000, 500000000)', 'too long'],
    ['a text without end', '1+'.repeat(1_000_000), 'longer than 4000 characters'],
    ['parentheses in parentheses', `${'('.repeat(1999)}1${')'.repeat(1999)}`, ''],
    ['factorials of factorials', '((((9!)!)!)!)!', ''],
    ['a power tower', '9^9^9^9^9^9', ''],
    ['long sums of roots', Array(400).fill('sqrt(2)').join('^'), ''],
  ])(
    'survives %s, and works on',
    async (_name, expression, message) => {
      const result = await calculate(expression);

      expect(result.output).toContain(message);
      expect(await calculate('6 * 7')).toEqual({ output: '42', isError: false });
    },
    WORKER_TIMEOUT_MS,
  );

  it(
    'keeps the server responsive while it calculates',
    async () => {
      let turns = 0;
      const timer = setInterval(() => (turns += 1), 10);

      await calculate('factorial(10000000)');

      clearInterval(timer);
      expect(turns).toBeGreaterThan(10);
    },
    WORKER_TIMEOUT_MS,
  );

  it(
    'turns away whoever comes when too many wait',
    async () => {
      const results = await Promise.all(Array.from({ length: 30 }, () => calculate('1 + 1')));

      expect(results.filter(({ output }) => output === '2')).toHaveLength(16);
      expect(results.at(-1)).toEqual({
        output: 'The calculator has too much to do. Try again in a moment.',
        isError: true,
      });
    },
    WORKER_TIMEOUT_MS,
  );

  it('stops waiting when the run is stopped', async () => {
    const stop = new AbortController();
    const slow = calculate('factorial(10000000)', stop.signal);
    const waiting = calculate('1 + 1', stop.signal);
    stop.abort(new Error('stopped'));

    await expect(slow).rejects.toThrow('stopped');
    await expect(waiting).rejects.toThrow('stopped');
    await expect(calculate('1 + 1', stop.signal)).rejects.toThrow('stopped');
  });

  it.each([[undefined], [null], [7], [['1']]])(
    'asks for an expression, given %j',
    async (value) => {
      expect(await calculate(value)).toMatchObject({
        output: expect.stringContaining('expression'),
        isError: true,
      });
    },
  );

  it(
    'agrees with the processor on sums of whole numbers',
    async () => {
      const numbers = fc.array(fc.integer({ min: -1e9, max: 1e9 }), {
        minLength: 1,
        maxLength: 50,
      });
      await fc.assert(
        fc.asyncProperty(numbers, async (terms) => {
          const sum = terms.reduce((total, term) => total + term, 0);
          expect(await calculate(terms.join(' + '))).toEqual({ output: `${sum}`, isError: false });
        }),
      );
    },
    WORKER_TIMEOUT_MS,
  );

  it(
    'has an answer to anything',
    async () => {
      const pieces = fc.constantFrom(...'0123456789.eix+-*/^!%()[]{},;:="\'\n '.split(''), 'sqrt', 'to', 'cm', 'import', 'map'); // prettier-ignore
      await fc.assert(
        fc.asyncProperty(fc.array(pieces, { maxLength: 20 }), async (parts) => {
          const { output } = await calculate(parts.join(''));
          expect(output).toMatch(/\S/);
          expect(output).not.toMatch(/node_modules|native code|=>/);
        }),
        { numRuns: 300 },
      );
    },
    WORKER_TIMEOUT_MS,
  );
});

it('is not loaded before it is used, and can be closed at any time', async () => {
  const calculator = createCalculator(silentLogger);
  await calculator.close();

  const { output, isError } = await calculator.tool.run(
    { expression: '1' },
    { signal: new AbortController().signal, userId: 'ada' },
  );
  expect({ output, isError }).toEqual({
    output: 'The calculator does not work at the moment.',
    isError: true,
  });
});

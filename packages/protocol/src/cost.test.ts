import fc from 'fast-check';
import { computeCost, perMillion } from './cost.ts';
import type { Usage } from './upstream/chat.ts';
import type { Pricing } from './upstream/model.ts';

const NOON = new Date('2026-08-22T12:00:00Z'); // A Saturday.

const aUsage = (prompt: number, completion: number, rest: Partial<Usage> = {}): Usage => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  ...rest,
});
const aPricing = (rest: Partial<Pricing> = {}): Pricing => ({
  prompt: '0.000001',
  completion: '0.000005',
  ...rest,
});
const cost = (usage: Usage, pricing: Pricing, at = NOON) => computeCost(usage, pricing, at);

describe('computeCost', () => {
  it('adds 0.1 and 0.2', () => {
    expect(cost(aUsage(1, 1), aPricing({ prompt: '0.1', completion: '0.2' }))).toBe('0.3');
  });

  it.each<[string, Usage, Partial<Pricing>, string | null]>([
    ['an ordinary answer', aUsage(412, 95), {}, '0.000887'],
    ['no tokens', aUsage(0, 0), {}, '0'],
    ['a free model', aUsage(412, 95), { prompt: '0', completion: '0' }, '0'],
    [
      'a price with many digits',
      aUsage(3, 0),
      { prompt: '0.0000000833333333333333' },
      '0.0000002499999999999999',
    ],
    ['a price in exponents', aUsage(3, 0), { prompt: '8.3e-8' }, '0.000000249'],
    [
      'cached and written tokens at their own prices',
      aUsage(100, 0, { prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 } }),
      { input_cache_read: '0.0000001', input_cache_write: '0.00000125' },
      '0.0000535', // 10 × 1 + 60 × 0.1 + 30 × 1.25 millionths
    ],
    [
      'cached and written tokens without prices of their own',
      aUsage(100, 0, { prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 } }),
      {},
      '0.0001',
    ],
    [
      'reasoning at its own price',
      aUsage(0, 100, { completion_tokens_details: { reasoning_tokens: 40 } }),
      { internal_reasoning: '0.00001' },
      '0.0007', // 60 × 5 + 40 × 10 millionths
    ],
    [
      'reasoning as part of the completion',
      aUsage(0, 100, { completion_tokens_details: { reasoning_tokens: 40 } }),
      {},
      '0.0005',
    ],
    ['the price of a request', aUsage(1, 0), { request: '0.005' }, '0.005001'],
    [
      'searches',
      aUsage(1, 0, { server_tool_use_details: { web_search_requests: 2 } }),
      { web_search: '0.01' },
      '0.020001',
    ],
    ["an endpoint's discount", aUsage(100, 0), { discount: 0.1 }, '0.00009'],
    ['null details', aUsage(1, 0, { prompt_tokens_details: null }), {}, '0.000001'],
  ])('knows the cost of %s', (_name, usage, pricing, expected) => {
    expect(cost(usage, aPricing(pricing))).toBe(expected);
  });

  it.each<[string, Usage, Partial<Pricing>]>([
    ['prompt tokens are missing', { completion_tokens: 1 }, {}],
    ['completion tokens are missing', { prompt_tokens: 1 }, {}],
    ['a count is null', { prompt_tokens: null, completion_tokens: 1 }, {}],
    ['the price depends on the pick', aUsage(1, 1), { prompt: '-1', completion: '-1' }],
    ['one price is negative', aUsage(1, 1), { completion: '-1' }],
    ['a price is no number', aUsage(1, 1), { prompt: 'free' }],
    ['a price is empty', aUsage(1, 1), { prompt: '' }],
    ['the price per request is unknown', aUsage(1, 1), { request: '-1' }],
    [
      'the price of what was cached is unreadable',
      aUsage(1, 1, { prompt_tokens_details: { cached_tokens: 1 } }),
      { input_cache_read: '?' },
    ],
    [
      'searches have no price',
      aUsage(1, 1, { server_tool_use_details: { web_search_requests: 1 } }),
      {},
    ],
    [
      'more tokens were cached than sent',
      aUsage(1, 1, { prompt_tokens_details: { cached_tokens: 2 } }),
      {},
    ],
    [
      'more tokens were thought than written',
      aUsage(1, 1, { completion_tokens_details: { reasoning_tokens: 2 } }),
      {},
    ],
    ['a count is negative', aUsage(-1, 1), {}],
    ['a count is no number', aUsage(Number.NaN, 1), {}],
    ['a count has no end', aUsage(Infinity, 1), {}],
  ])('does not know the cost when %s', (_name, usage, pricing) => {
    expect(cost(usage, aPricing(pricing))).toBeNull();
  });

  it('does not need a price for what was not used', () => {
    expect(cost(aUsage(1, 0), aPricing({ input_cache_read: '?', web_search: '-1' }))).toBe(
      '0.000001',
    );
  });

  it('applies an override above its number of tokens, not at it', () => {
    const pricing = aPricing({ overrides: [{ min_prompt_tokens: 100, prompt: '0.000002' }] });

    expect(cost(aUsage(100, 0), pricing)).toBe('0.0001');
    expect(cost(aUsage(101, 0), pricing)).toBe('0.000202');
  });

  it('lets an override replace only the prices it names', () => {
    const pricing = aPricing({ overrides: [{ min_prompt_tokens: 0, prompt: '0.000002' }] });

    expect(cost(aUsage(1, 1), pricing)).toBe('0.000007');
  });

  it('takes the later of two overrides that hold, price by price', () => {
    const overrides = [
      { min_prompt_tokens: 10, prompt: '0.000002', completion: '0.00001' },
      { min_prompt_tokens: 20, prompt: '0.000003' },
      { min_prompt_tokens: 1000, prompt: '0.000009' },
    ];

    expect(cost(aUsage(100, 1), aPricing({ overrides }))).toBe('0.00031');
  });

  it.each([
    [100, 1030, '00:59', false],
    [100, 1030, '01:00', true],
    [100, 1030, '10:29', true],
    [100, 1030, '10:30', false],
    [2200, 400, '21:59', false],
    [2200, 400, '22:00', true],
    [2200, 400, '23:59', true],
    [2200, 400, '00:00', true],
    [2200, 400, '03:59', true],
    [2200, 400, '04:00', false],
    [2200, undefined, '23:00', true],
    [2200, undefined, '03:00', false],
    [undefined, 400, '03:00', true],
    [undefined, 400, '04:00', false],
  ])('from %s to %s counts %s as inside: %s', (start, end, time, inside) => {
    const window = {
      ...(start !== undefined && { utc_start: start }),
      ...(end !== undefined && { utc_end: end }),
    };
    const pricing = aPricing({ overrides: [{ ...window, prompt: '0.000002' }] });

    const at = new Date(`2026-08-22T${time}:59.999Z`);

    expect(cost(aUsage(1, 0), pricing, at)).toBe(inside ? '0.000002' : '0.000001');
  });

  it('applies an override on its days of the week', () => {
    const pricing = aPricing({
      overrides: [{ utc_days: ['saturday', 'sunday'], prompt: '0.000002' }],
    });

    expect(cost(aUsage(1, 0), pricing, new Date('2026-08-21T23:59:59Z'))).toBe('0.000001');
    expect(cost(aUsage(1, 0), pricing, new Date('2026-08-22T00:00:00Z'))).toBe('0.000002');
    expect(cost(aUsage(1, 0), pricing, new Date('2026-08-24T00:00:00Z'))).toBe('0.000001');
  });

  it('wants all conditions of an override to hold', () => {
    const pricing = aPricing({
      overrides: [
        { min_prompt_tokens: 10, utc_start: 1100, utc_end: 1300, prompt: '0.000002' },
        { min_prompt_tokens: 10, utc_start: 1300, utc_end: 1400, prompt: '0.000003' },
        { min_prompt_tokens: 1000, utc_start: 1100, utc_end: 1300, prompt: '0.000004' },
      ],
    });

    expect(cost(aUsage(100, 0), pricing)).toBe('0.0002');
  });

  it('agrees with whole-number arithmetic, for any counts and prices', () => {
    const digits = 22; // As many decimals as the smallest prices of the catalogue have.
    const aPrice = fc.bigInt({ min: 0n, max: 10n ** 24n });
    const aCount = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(
        fc.tuple(aCount, aCount, aCount, aCount, aCount),
        fc.tuple(...Array.from({ length: 6 }, () => aPrice)),
        (counts, prices) => {
          const [plain, cached, written, said, thought] = counts;
          const [prompt, completion, read, write, reasoning, request] = prices.map((units) =>
            decimal(units, digits),
          );
          const usage = aUsage(plain + cached + written, said + thought, {
            prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
            completion_tokens_details: { reasoning_tokens: thought },
          });
          const pricing = {
            prompt: prompt ?? '',
            completion: completion ?? '',
            input_cache_read: read,
            input_cache_write: write,
            internal_reasoning: reasoning,
            request,
          };

          const units =
            BigInt(plain) * prices[0]! +
            BigInt(said) * prices[1]! +
            BigInt(cached) * prices[2]! +
            BigInt(written) * prices[3]! +
            BigInt(thought) * prices[4]! +
            prices[5]!;

          expect(cost(usage, pricing)).toBe(decimal(units, digits));
        },
      ),
    );
  });
});

describe('perMillion', () => {
  it.each([
    ['0.0000015', '1.5'],
    ['0.000000000001', '0.000001'],
    ['0.0000000833333333333333', '0.0833333333333333'],
    ['0', '0'],
    ['1e-7', '0.1'],
    ['2', '2000000'],
    ['-1', null],
    ['', null],
    ['free', null],
    ['NaN', null],
    ['Infinity', null],
    [null, null],
    [undefined, null],
  ])('shows %s as %s', (price, expected) => {
    expect(perMillion(price)).toBe(expected);
  });
});

/** A whole number of units of 10⁻ᵈⁱᵍⁱᵗˢ as a plain decimal without trailing zeros. */
function decimal(units: bigint, digits: number): string {
  const text = units.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
}

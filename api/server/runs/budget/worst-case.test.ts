import {
  computeCost,
  contextOf,
  hasPrice,
  type ChatRequest,
  type Model,
  type Pricing,
} from '@openrouter-native/protocol';
import fc from 'fast-check';
import { catalogue, listedModel } from '../testing/catalogue.ts';
import { priceCeiling, toMaxPrice } from './rates.ts';
import { worstCase } from './worst-case.ts';

const priced = catalogue.filter(hasPrice);
const aRequest = (rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'a/b',
  messages: [{ role: 'user', content: 'How deep is the sea? '.repeat(20) }],
  ...rest,
});

function worstOf(models: readonly Model[], request = aRequest(), counted = null) {
  const ceiling = priceCeiling(request, models);
  return { ceiling, worst: worstCase({ request, models, ceiling, counted }) };
}

/** The prices of another endpoint of the same model, so much dearer. */
function scaled(pricing: Pricing, factor: number): Pricing {
  const scale = (value: unknown): unknown =>
    typeof value === 'string' ? String(Number(value) * factor) : value;
  const fields = (prices: object) =>
    Object.fromEntries(Object.entries(prices).map(([name, value]) => [name, scale(value)]));
  return {
    ...fields(pricing),
    ...(pricing.overrides && { overrides: pricing.overrides.map(fields) }),
  } as Pricing;
}

describe('the worst case', () => {
  it('is never less than what any endpoint that max_price lets in charges, for every model', () => {
    const models = fc.uniqueArray(fc.constantFrom(...priced), { minLength: 1, maxLength: 3 });
    const shares = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(
        models,
        fc.nat(8),
        fc.integer({ min: 1, max: 200_000 }),
        fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 400_000 })),
        shares,
        fc.nat(1439),
        (some, extra, maxTokens, words, [cachedShare, share], minute) => {
          const request = aRequest({
            max_tokens: maxTokens,
            messages: [{ role: 'user', content: 'a '.repeat(words) }],
          });
          const { ceiling, worst } = worstOf(some, request);
          const allowed = Object.values(toMaxPrice(ceiling)).map(Number);
          const at = new Date(Date.UTC(2026, 7, 22, 0, minute));

          for (const model of some) {
            const { pricing } = model;
            const endpoint = scaled(pricing, 1 + extra / 8);
            const asked = [endpoint.prompt, endpoint.completion].map(
              (price) => Number(price) * 1e6,
            );
            if (asked.some((price, index) => price > (allowed[index] ?? 0))) continue;
            // Fewer than the bytes, and no more than are let in.
            const promptTokens = Math.min(words, contextOf(model) ?? words);
            const cached = Math.floor(promptTokens * cachedShare);
            const charged = computeCost(
              {
                prompt_tokens: promptTokens,
                completion_tokens: maxTokens,
                prompt_tokens_details: {
                  cached_tokens: cached,
                  cache_write_tokens: Math.floor((promptTokens - cached) * share),
                },
                completion_tokens_details: { reasoning_tokens: Math.floor(maxTokens * share) },
              },
              endpoint,
              at,
            );
            expect(Number(charged)).toBeLessThanOrEqual(worst.usd(maxTokens, 0));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('lets the endpoint in that the catalogue speaks of, however prices are compared', () => {
    for (const model of priced) {
      const { prompt, completion } = toMaxPrice(priceCeiling(aRequest(), [model]));

      expect(Number(model.pricing.prompt) * 1e6).toBeLessThanOrEqual(Number(prompt));
      expect(Number(model.pricing.completion) * 1e6).toBeLessThanOrEqual(Number(completion));
    }
  });

  it('keeps every dearer endpoint out', () => {
    for (const model of priced.filter(({ pricing }) => Number(pricing.prompt) > 0)) {
      const { prompt } = toMaxPrice(priceCeiling(aRequest(), [model]));

      expect(Number(scaled(model.pricing, 1.05).prompt) * 1e6).toBeGreaterThan(Number(prompt));
    }
  });

  it('takes a limit of the request for the ceiling', () => {
    const provider = { max_price: { prompt: '100', completion: 200 } };
    const model = listedModel('openai/gpt-4o');
    const own = worstOf([model], aRequest({ provider }));

    expect(toMaxPrice(own.ceiling)).toEqual({
      prompt: expect.stringMatching(/^100\.0000001/),
      completion: expect.stringMatching(/^200\.0000002/),
    });
    expect(own.worst.usd(1000, 0)).toBeGreaterThan(worstOf([model]).worst.usd(1000, 0) * 19);
  });

  it('counts tokens that can be paid for so that they can be', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...priced),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.nat(30),
        (model, usd, calls) => {
          const { worst } = worstOf([model]);
          const tokens = worst.affordableTokens(usd, calls);
          if (tokens > 0 && tokens < Infinity)
            expect(worst.usd(tokens, calls)).toBeLessThanOrEqual(usd);
          if (tokens === Infinity) expect(worst.usd(1e12, calls)).toBeLessThanOrEqual(usd);
        },
      ),
    );
  });

  it('is nothing where nothing is charged, whatever is sent', () => {
    const pdf = { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } };
    const request = aRequest({ messages: [{ role: 'user', content: [pdf] }] });
    const free = { ...listedModel('nvidia/nemotron-3.5-lightning:free'), context_length: null };
    const plugins = [{ id: 'file-parser', pdf: { engine: 'cloudflare-ai' } }];

    expect(worstOf([free], { ...request, plugins }).worst.usd(1e6, 0)).toBe(0);
  });

  it('fills the context with what has no bound of its own', () => {
    const model = listedModel('google/gemini-2.5-flash');
    const sound = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } };
    const request = aRequest({ messages: [{ role: 'user', content: [sound] }] });

    const usd = worstOf([model], request).worst.usd(0, 0);

    const { context_length: context, pricing } = model;
    expect(usd).toBeGreaterThanOrEqual((context ?? 0) * Number(pricing['audio']));
    expect(usd).toBeLessThan((context ?? 0) * Number(pricing['audio']) * 1.01);
  });

  it('counts what a cache costs for an hour only where that is asked for', () => {
    const model = listedModel('anthropic/claude-haiku-4.5');
    const text = { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral', ttl: '1h' } };

    const hour = worstOf([model], aRequest({ messages: [{ role: 'user', content: [text] }] }));
    const plain = worstOf([model], aRequest({ messages: [{ role: 'user', content: 'Hi' }] }));

    expect(hour.worst.usd(0, 0)).toBeGreaterThan(plain.worst.usd(0, 0) * 1.59);
  });

  it('relies on what was charged for an earlier prompt as long as one model answers', () => {
    const counted = { tokens: 100, messages: 1 };
    const request = aRequest();
    const [haiku, mini] = [
      listedModel('anthropic/claude-haiku-4.5'),
      listedModel('openai/gpt-4o-mini'),
    ];
    const usd = (
      models: Model[],
      rest: Partial<ChatRequest> = {},
      known: typeof counted | null = counted,
    ) => {
      const asked = { ...request, ...rest };
      const ceiling = priceCeiling(asked, models);
      return worstCase({ request: asked, models, ceiling, counted: known }).usd(0, 0);
    };

    expect(usd([haiku])).toBeLessThan(usd([haiku], {}, null));
    expect(usd([haiku, mini])).toBe(usd([haiku, mini], {}, null));
    const plugins = [{ id: 'context-compression' }];
    expect(usd([haiku], { plugins })).toBe(usd([haiku], { plugins }, null));
  });

  it('makes one more turn for each call of a tool of OpenRouter, and one search', () => {
    const model = listedModel('openai/gpt-4o-mini');
    const tools = [{ type: 'openrouter:web_search' }];
    const { worst } = worstOf([model], aRequest({ tools, max_tool_calls: 4 }));

    expect(worst.extras.serverToolCalls).toBe(4);
    const turn = 128_000 * Number(model.pricing.prompt) + 100 * Number(model.pricing.completion);
    expect(worst.usd(100, 4)).toBeGreaterThanOrEqual(5 * turn + 4 * 0.007);
    expect(worst.usd(100, 4)).toBeLessThan((5 * turn + 4 * 0.007) * 1.01);
  });
});

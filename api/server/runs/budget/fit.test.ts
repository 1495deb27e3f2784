import { hasPrice, type ChatRequest, type Model } from '@openrouter-native/protocol';
import fc from 'fast-check';
import { catalogue, listedModel } from '../testing/catalogue.ts';
import { fitStep, type Fitted } from './fit.ts';
import { priceCeiling } from './rates.ts';
import { worstCase } from './worst-case.ts';

const mini = listedModel('openai/gpt-4o-mini');
const aRequest = (rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: mini.id,
  messages: [{ role: 'user', content: 'How deep is the sea?' }],
  ...rest,
});

function fit(leftUsd: number, rest: Partial<ChatRequest> = {}, models: Model[] = [mini]) {
  const request = aRequest(rest);
  const worst = worstCase({
    request,
    models,
    ceiling: priceCeiling(request, models),
    counted: null,
  });
  return fitStep({ request, models, worst, leftUsd });
}
const isFitted = (step: ReturnType<typeof fit>): step is Fitted => 'request' in step;
const tokensOf = (step: ReturnType<typeof fit>) =>
  isFitted(step) ? (step.request.max_completion_tokens ?? step.request.max_tokens) : null;

describe('a step', () => {
  it('is left alone where all of it can be paid for, three times over', () => {
    expect(fit(10)).toMatchObject({ request: aRequest(), isShrunk: false, maxChargedCalls: 3 });
    expect(fit(10, { max_tokens: 500 })).toMatchObject({
      request: { max_tokens: 500 },
      isShrunk: false,
    });
  });

  it('gets as many tokens as can be paid for', () => {
    const step = fit(0.001);

    expect(tokensOf(step)).toBeGreaterThan(1_000);
    expect(tokensOf(step)).toBeLessThan(1_667);
    expect(step).toMatchObject({ isShrunk: true, maxChargedCalls: 1 });
  });

  it('gets no more than were asked for', () => {
    expect(tokensOf(fit(0.001, { max_tokens: 300 }))).toBe(300);
    expect(tokensOf(fit(0.001, { max_tokens: 30_000 }))).toBeLessThan(1_667);
  });

  it('is not made where an answer would be too short to be one', () => {
    const tooLittle = fit(0.0001);

    expect(isFitted(tooLittle)).toBe(false);
    expect(tooLittle).toMatchObject({ usd: expect.any(Number) });
    expect((tooLittle as { usd: number }).usd).toBeGreaterThan(0.0001);
  });

  it('may be as short as was asked for', () => {
    expect(tokensOf(fit(0.0001, { max_tokens: 20 }))).toBe(20);
  });

  it('leaves room for thoughts', () => {
    const haiku = listedModel('anthropic/claude-haiku-4.5');
    const usd = 0.004;

    expect(tokensOf(fit(usd, {}, [haiku]))).toBeGreaterThan(256);
    expect(isFitted(fit(usd, { reasoning: { effort: 'low' } }, [haiku]))).toBe(false);
    expect(isFitted(fit(usd, { reasoning: { max_tokens: 2_000 } }, [haiku]))).toBe(false);
    expect(isFitted(fit(usd, { reasoning: { effort: 'none' } }, [haiku]))).toBe(true);
  });

  it('bounds the answer in the one way that all models listen to', () => {
    const codex = listedModel('openai/gpt-5.1-codex');
    const both = { max_tokens: 9_000, max_completion_tokens: 8_000 };

    expect(fit(0.02, {}, [codex])).toMatchObject({
      request: { max_completion_tokens: expect.any(Number) },
    });
    const step = fit(10, both);
    expect(step).toMatchObject({ request: { max_completion_tokens: 8_000 } });
    expect((step as Fitted).request).not.toHaveProperty('max_tokens');
  });

  it('of a model that takes no bound fits as a whole or not at all', () => {
    const deaf = { ...mini, supported_parameters: ['tools'] };

    expect(isFitted(fit(0.001, { max_tokens: 100 }, [deaf]))).toBe(false);
    expect(isFitted(fit(1, { max_tokens: 100 }, [deaf]))).toBe(true);
  });

  it('stays within a small context', () => {
    const small = { ...mini, context_length: 2_000, top_provider: { context_length: 2_000 } };

    expect(tokensOf(fit(0.0011, {}, [small]))).toBeLessThan(2_000);
  });

  it('calls tools of OpenRouter less often before it gets shorter', () => {
    const tools = [{ type: 'openrouter:web_search' }];
    const calls = (usd: number) => {
      const step = fit(usd, { tools });
      return isFitted(step) ? step.request['max_tool_calls'] : null;
    };

    expect([10, 0.5, 0.25, 0.12, 0.06, 0.01].map(calls)).toEqual([30, 15, 7, 3, 1, null]);
  });

  it('never costs more than is left, whatever the model and the request', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...catalogue.filter(hasPrice)), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: null }),
        fc.boolean(),
        (models, leftUsd, maxTokens, searches) => {
          const step = fit(
            leftUsd,
            {
              ...(maxTokens !== null && { max_tokens: maxTokens }),
              ...(searches && { tools: [{ type: 'openrouter:web_search' }] }),
            },
            models,
          );
          if (!isFitted(step)) {
            expect(step.usd).toBeGreaterThan(leftUsd);
            return;
          }
          expect(step.maxCostUsd).toBeLessThanOrEqual(leftUsd);
          expect(step.maxChargedCalls).toBeGreaterThanOrEqual(1);
          expect(step.callUsd * step.maxChargedCalls).toBe(step.maxCostUsd);
          if (maxTokens !== null)
            expect(tokensOf(step) ?? maxTokens).toBeLessThanOrEqual(maxTokens);
        },
      ),
      { numRuns: 500 },
    );
  });
});

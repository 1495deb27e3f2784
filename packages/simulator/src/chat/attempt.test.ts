import { startSimulator, type Simulator } from '../index.ts';
import { chat, stream, type ChatAnswer } from '../testing/ask.ts';

const MANY = 'deepseek/deepseek-v4-flash-0731';
const MANY_SLUG = 'deepseek/deepseek-v4-flash-20260731';
const NO_THOUGHT = { reasoning: { effort: 'none' } };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const failing = (model: string) => simulator.script({ match: { model }, fail: { status: 503 } });

describe('fallback', () => {
  const models = ['anthropic/claude-haiku-4.5', MANY];

  it('goes on to the next model, whose name is in the answer', async () => {
    failing('anthropic/claude-haiku-4.5');

    const answer = await chat(simulator, { model: undefined, models, ...NO_THOUGHT });

    expect(answer).toMatchObject({ status: 200, body: { model: MANY_SLUG } });
  });

  it('goes on for a stream as well, and after any kind of refusal', async () => {
    const tooDear = { provider: { max_price: { prompt: 0.5 } }, ...NO_THOUGHT };

    const streamed = await stream(simulator, { model: undefined, models, ...tooDear });

    expect(streamed).toMatchObject({ status: 200, last: { model: MANY_SLUG } });
  });

  it('tries the model before the fallback models', async () => {
    const answer = await chat(simulator, { model: MANY, models, ...NO_THOUGHT });

    expect(answer.body.model).toBe(MANY_SLUG);
  });

  it('goes on to the next provider without a word', async () => {
    simulator.script({ match: { provider: 'deepseek' }, fail: { status: 429 } });

    const answer: ChatAnswer = await chat(simulator, { model: MANY, ...NO_THOUGHT });

    expect(answer.status).toBe(200);
    expect(answer.body.provider).not.toBe('DeepSeek');
  });

  it('stays with the first provider when fallbacks are not allowed', async () => {
    simulator.script({ match: { provider: 'deepseek' }, fail: { status: 429 } });

    const answer = await chat(simulator, {
      model: MANY,
      provider: { allow_fallbacks: false },
      ...NO_THOUGHT,
    });

    expect(answer).toMatchObject({
      status: 429,
      error: {
        metadata: {
          provider_name: 'DeepSeek',
          limit_source: 'upstream_provider_shared_pool',
        },
      },
    });
  });

  it('ends with the last failure, and the history of the others', async () => {
    failing('anthropic/claude-haiku-4.5');
    simulator.script({ match: { model: MANY }, fail: { status: 429, retryAfterSeconds: 7 } });

    const answer = await chat(simulator, { model: undefined, models, ...NO_THOUGHT });

    expect(answer).toMatchObject({
      status: 429,
      error: { metadata: { previous_errors: [{ status: 503, code: 503 }] } },
    });
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('is refused as a whole for an id that names nothing', async () => {
    const answer = await chat(simulator, { model: MANY, models: ['no/such'] });

    expect(answer.status).toBe(400);
  });
});

describe('openrouter_metadata', () => {
  const headers = { 'X-OpenRouter-Metadata': 'enabled' };

  it('tells how the answer was routed, to those who ask', async () => {
    simulator.script({ match: { provider: 'deepseek' }, fail: { status: 429 } });

    const told = await chat(simulator, { model: MANY, ...NO_THOUGHT }, { headers });
    const untold = await chat(simulator, { model: MANY, ...NO_THOUGHT });

    expect(told.body['openrouter_metadata']).toMatchObject({
      requested: MANY,
      strategy: 'fallback',
      attempt: 2,
      attempts: [
        { provider: 'DeepSeek', model: MANY, status: 429 },
        { provider: told.body.provider, model: MANY, status: 200 },
      ],
      endpoints: { total: expect.any(Number) },
    });
    expect(untold.body).not.toHaveProperty('openrouter_metadata');
  });

  it('comes with the last chunk of a stream', async () => {
    const { last, chunks } = await stream(simulator, { model: 'openrouter/auto' }, { headers });

    expect(last['openrouter_metadata']).toMatchObject({
      requested: 'openrouter/auto',
      strategy: 'auto',
    });
    expect(chunks.filter((chunk) => 'openrouter_metadata' in chunk)).toHaveLength(1);
  });
});

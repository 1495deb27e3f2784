import { startSimulator, type Simulator } from '../index.ts';
import { chat, user } from '../testing/ask.ts';

const MANY = 'deepseek/deepseek-v4-flash-0731';
const MANY_SLUG = 'deepseek/deepseek-v4-flash-20260731';
const NO_THOUGHT = { reasoning: { effort: 'none' } };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const NO_AZURE = { ignore: ['azure'] };
const tier = async (body: Record<string, unknown>) =>
  (await chat(simulator, { model: 'openai/gpt-4o-mini', ...body })).body['service_tier'];
const pickAmong = (pluginId: string, allowed: string[]) =>
  chat(simulator, {
    model: 'openrouter/auto',
    plugins: [{ id: pluginId, allowed_models: allowed }],
    max_tokens: 16,
  });
const pickInSession = async (content: string) =>
  (
    await chat(simulator, {
      model: 'openrouter/auto',
      session_id: 'conversation-42',
      messages: [user(content)],
      max_tokens: 16,
    })
  ).body.model;
describe('model ids', () => {
  it.each(['nope', 'no/such', 'openai/gpt-5-mini:zzz', 'OpenAI/GPT-5-mini', ''])(
    'refuse %p with 400',
    async (model) => {
      expect(await chat(simulator, { model })).toMatchObject({
        status: 400,
        error: {
          message: `${model} is not a valid model ID`,
          availability: { code: 'model_not_found' },
        },
      });
    },
  );

  it('leave batch rows to the batch API', async () => {
    const answer = await chat(simulator, { model: 'google/gemini-3.7-flash:batch' });

    expect(answer).toMatchObject({ status: 404 });
    expect(answer.error.message).toMatch(/only available through the Batch API/);
  });

  it.each(['nitro', 'floor', 'exacto', 'online', 'nitro:floor'])(
    'accept :%s on any model and keep it out of the answer',
    async (suffix) => {
      const { status, body } = await chat(simulator, { model: `${MANY}:${suffix}`, ...NO_THOUGHT });

      expect(status).toBe(200);
      expect(body.model).toBe(MANY_SLUG);
    },
  );

  it('let :nitro use priority endpoints and :floor flex ones', async () => {
    expect(await tier({ model: 'openai/gpt-4o-mini:nitro', provider: NO_AZURE })).toBe('priority');
    expect(await tier({ model: 'openai/gpt-4o-mini:floor', provider: NO_AZURE })).toBe('flex');
    expect(await tier({ service_tier: 'flex' })).toBe('flex');
    expect(await tier({ service_tier: 'priority' })).toBe('priority');
    expect(await tier({})).toBeNull();
  });

  it('follow a latest-alias to its target', async () => {
    const { body } = await chat(simulator, { model: '~anthropic/claude-haiku-latest' });

    expect(body.model).toBe('anthropic/claude-4.5-haiku-20251001');
  });

  it('let a router pick a concrete model, at its price', async () => {
    const auto = await chat(simulator, { model: 'openrouter/auto', messages: [user('Hello')] });
    const free = await chat(simulator, { model: 'openrouter/free', messages: [user('Hello')] });

    expect(auto.body.model).not.toMatch(/openrouter/);
    expect(auto.body.usage?.cost).toBeGreaterThan(0);
    expect(free.body.model).toMatch(/:free$/);
    expect(free.body.usage?.cost).toBe(0);
  });

  it('use a router when no model is named', async () => {
    const { status, body } = await chat(simulator, { model: undefined });

    expect(status).toBe(200);
    expect(body.model).toMatch(/^[^/]+\/.+/);
  });

  it('narrow a router by its own plugin, and by nobody else', async () => {
    const narrowed = await pickAmong('auto-router', ['anthropic/*']);
    const nothing = await pickAmong('auto-router', ['nobody/*']);
    const other = await pickAmong('auto-beta-router', ['nobody/*']);

    expect(narrowed.body.model).toMatch(/^anthropic\//);
    expect(nothing).toMatchObject({
      status: 404,
      error: { message: 'No models match your request and model restrictions' },
    });
    expect(other.status).toBe(200);
  });

  it('stay with one pick for a session', async () => {
    const picks = new Set([
      await pickInSession('Tell me about tea'),
      await pickInSession('And about milk?'),
    ]);
    expect(picks.size).toBe(1);
  });
});

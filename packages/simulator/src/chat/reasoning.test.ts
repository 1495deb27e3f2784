import { startSimulator, type Simulator } from '../index.ts';
import { chat, stream, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const THINKER = 'anthropic/claude-fable-5'; // must reason
const messages = [user('Why is the sea salty?')];

const countThoughts = async (effort: string) =>
  (await chat(simulator, { model: THINKER, messages, reasoning: { effort } })).body.usage
    ?.completion_tokens_details?.reasoning_tokens ?? 0;
const reasons = async (body: Record<string, unknown>) =>
  (await chat(simulator, { messages, ...body })).message.reasoning != null;

describe('reasoning', () => {
  it('comes before the words, as text and as signed details', async () => {
    const whole = await chat(simulator, { model: THINKER, messages });
    const { chunks } = await stream(simulator, { model: THINKER, messages });

    const deltas = chunks.map(({ choices }) => choices?.[0]?.delta ?? {});
    const lastThought = deltas.findLastIndex(({ reasoning_details }) => reasoning_details);
    const firstWord = deltas.findIndex(({ content }) => content);
    expect(whole.message.reasoning).toMatch(/sea salty/);
    expect(whole.message.reasoning_details).toEqual([
      {
        type: 'reasoning.text',
        index: 0,
        format: 'anthropic-claude-v1',
        text: whole.message.reasoning,
        signature: expect.stringMatching(/^[A-Za-z0-9+/=]{64,}$/),
      },
    ]);
    expect(lastThought).toBeGreaterThan(0);
    expect(lastThought).toBeLessThan(firstWord);
    expect(whole.body.usage?.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0);
  });

  it('is a summary and an encrypted block where the model hands out no more', async () => {
    const { message } = await chat(simulator, { model: 'openai/gpt-5-mini', messages });

    expect(message.reasoning_details).toMatchObject([
      { type: 'reasoning.summary', summary: message.reasoning },
      { type: 'reasoning.encrypted', data: expect.any(String), id: expect.any(String) },
    ]);
  });

  it('grows with the effort', async () => {
    expect(await countThoughts('low')).toBeLessThan(await countThoughts('high'));
    expect(await countThoughts('high')).toBeLessThan(await countThoughts('max'));
  });

  it('is counted and kept back with exclude', async () => {
    const shown = await chat(simulator, { model: THINKER, messages });

    const hidden = await chat(simulator, {
      model: THINKER,
      messages,
      reasoning: { exclude: true },
    });

    expect(hidden.text).toBe(shown.text);
    expect(hidden.message.reasoning).toBeNull();
    expect(hidden.message).not.toHaveProperty('reasoning_details');
    expect(hidden.body.usage).toEqual(shown.body.usage);
  });

  it('cannot be switched off where it is mandatory', async () => {
    const off = { messages, reasoning: { effort: 'none' } };

    const mandatory = await chat(simulator, { ...off, model: THINKER });
    const optional = await chat(simulator, { ...off, model: 'openai/gpt-5.6-sol' });

    expect(mandatory).toMatchObject({
      status: 400,
      error: { message: 'Reasoning is mandatory for this endpoint and cannot be disabled.' },
    });
    expect(optional.message.reasoning).toBeNull();
  });

  it('follows each model default, and the shorthands', async () => {
    const offByDefault = { model: 'anthropic/claude-haiku-4.5' };

    expect(await reasons(offByDefault)).toBe(false);
    expect(await reasons({ ...offByDefault, reasoning: { enabled: true } })).toBe(true);
    expect(await reasons({ ...offByDefault, reasoning: { max_tokens: 2048 } })).toBe(true);
    expect(await reasons({ ...offByDefault, reasoning_effort: 'low' })).toBe(true);
    expect(await reasons({ model: THINKER, include_reasoning: false })).toBe(false);
    expect(await reasons({ model: 'openai/gpt-4o-mini', reasoning_effort: 'high' })).toBe(false);
  });

  it('can use up all tokens', async () => {
    const { finishReason, text, message } = await chat(simulator, {
      model: THINKER,
      messages,
      max_tokens: 16,
    });

    expect(finishReason).toBe('length');
    expect(text).toBe('');
    expect(message.reasoning).not.toBe('');
  });
});

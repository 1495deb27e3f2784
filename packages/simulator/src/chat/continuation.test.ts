import { startSimulator, type Simulator } from '../index.ts';
import { chat, stream, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const question = user('Why is the sea salty?');
const assistant = (content: string) => ({ role: 'assistant', content });
const goOn = user('Your message above broke off. Go on exactly where it ended.');

async function anAnswer(model: string): Promise<string> {
  const { text } = await chat(simulator, { model, messages: [question] });
  expect(text.length).toBeGreaterThan(100);
  return text;
}

const ask = (model: string, rest: object = {}) =>
  chat(simulator, { model, messages: [question, assistant('It is')], ...rest });

describe('an answer that has begun', () => {
  it.each([
    ['put at the end', (begun: string) => [question, assistant(begun)]],
    ['asked for in words', (begun: string) => [question, assistant(begun), goOn]],
  ])('goes on with the very next character when it is %s', async (_name, messagesOf) => {
    const model = 'openai/gpt-4o-mini';
    const whole = await anAnswer(model);
    const begun = whole.slice(0, 57);

    const rest = await chat(simulator, { model, messages: messagesOf(begun) });
    const streamed = await stream(simulator, { model, messages: messagesOf(begun) });

    expect(begun + rest.text).toBe(whole);
    expect(streamed.text).toBe(rest.text);
  });

  it('goes on behind white space that was left out', async () => {
    const whole = await anAnswer('openai/gpt-4o-mini');
    const begun = whole.slice(0, whole.indexOf(' ', 40));

    const messages = [question, assistant(`${begun}  \n`)];
    const rest = await chat(simulator, { model: 'openai/gpt-4o-mini', messages });

    expect(begun + rest.text).toBe(whole);
  });

  it('is given anew when it was not the one that this model gives', async () => {
    const messages = [question, assistant('It is not. ')];
    const { text } = await chat(simulator, { model: 'openai/gpt-4o-mini', messages });

    expect(text.length).toBeGreaterThan(100);
  });

  it('is no answer to a question that only sounds like it', async () => {
    const messages = [question, assistant('It is.'), user('Continue with the tides.')];
    const { text } = await chat(simulator, { model: 'openai/gpt-4o-mini', messages });

    expect(text).toMatch(/tides/);
  });
});

describe('words put into the mouth of Claude', () => {
  it.each(['anthropic/claude-opus-4.6', 'anthropic/claude-fable-5'])(
    'are refused by %s',
    async (model) => {
      const answer = await ask(model);

      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.error)).toMatch(/does not support assistant message prefill/);
    },
  );

  it('are refused by earlier ones that think', async () => {
    expect((await ask('anthropic/claude-haiku-4.5')).status).toBe(200);
    const thinking = await ask('anthropic/claude-haiku-4.5', { reasoning: { effort: 'low' } });

    expect(thinking.status).toBe(400);
    expect(JSON.stringify(thinking.error)).toMatch(/Expected `thinking`.*found `text`/);
  });
});

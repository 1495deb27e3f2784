import { startSimulator, type Simulator } from '../index.ts';
import { chat, stream, user } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const tool = { type: 'function', function: { name: 'f' } };
const bad: [what: string, body: Record<string, unknown>, message: RegExp][] = [
  ['no messages', { messages: undefined }, /^messages: /],
  ['empty messages', { messages: [] }, /^messages: /],
  ['messages that are no list', { messages: 'hi' }, /^messages: /],
  ['a message that is no object', { messages: ['hi'] }, /^messages\.0: /],
  ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, /^messages\.0\.role: /],
  ['a user message without content', { messages: [{ role: 'user' }] }, /^messages\.0\.content: /],
  ['content of the wrong kind', { messages: [user(7)] }, /^messages\.0\.content: /],
  ['an unknown part', { messages: [user([{ type: 'smell' }])] }, /content\.0\.type: /],
  ['a text part without text', { messages: [user([{ type: 'text' }])] }, /content\.0\.text: /],
  ['a result without its call', { messages: [{ role: 'tool', content: 'x' }] }, /tool_call_id: /],
  ['a picture of an unknown type', { messages: [user([picture('image/tiff')])] }, /image\/tiff/],
  ['a picture behind a wrong address', { messages: [user([picture('', 'ftp://x')])] }, /url: /],
  ['a warm temperature', { temperature: 2.1 }, /^temperature: /],
  ['a temperature in words', { temperature: 'hot' }, /^temperature: /],
  ['no tokens at all', { max_tokens: 0 }, /^max_tokens: /],
  ['half a token', { max_completion_tokens: 1.5 }, /^max_completion_tokens: /],
  ['five stop sequences', { stop: ['1', '2', '3', '4', '5'] }, /^stop: /],
  ['a tool without a name', { tools: [{ type: 'function', function: {} }] }, /^tools\.0\./],
  [
    'a choice that is no tool',
    { tools: [tool], tool_choice: { type: 'function' } },
    /^tool_choice/,
  ],
  ['an unknown format', { response_format: { type: 'xml' } }, /^response_format\.type: /],
  ['a schema without a name', { response_format: { type: 'json_schema' } }, /^response_format\./],
  ['an unknown preference', { provider: { fastest: true } }, /^provider\.fastest: /],
  ['an unknown sort', { provider: { sort: 'beauty' } }, /^sort: /],
  ['a price in words', { provider: { max_price: { prompt: 'low' } } }, /max_price\.prompt: /],
  [
    'contradicting efforts',
    { reasoning: { effort: 'low' }, reasoning_effort: 'high' },
    /contradicts/,
  ],
  ['effort and budget', { reasoning: { effort: 'low', max_tokens: 100 } }, /^reasoning: /],
  ['four fallback models', { models: ['a/1', 'a/2', 'a/3', 'a/4'] }, /^'models' array must have 3/],
];
it.each(bad)('refuses %s with 400, streaming or not', async (_what, body, message) => {
  const whole = await chat(simulator, body);
  const streamed = await stream(simulator, body);

  expect(whole).toMatchObject({ status: 400, error: { code: 400 } });
  expect(whole.error.message).toMatch(message);
  expect(streamed).toMatchObject({ status: 400, payloads: [] });
});

it('ignores fields it does not know, and nulls', async () => {
  const answer = await chat(simulator, {
    shoe_size: 43,
    usage: { include: true },
    stream_options: { include_usage: false },
    temperature: null,
    stop: null,
    tools: null,
    provider: null,
    reasoning: null,
  });

  expect(answer).toMatchObject({ status: 200, text: 'hi' });
});

it('takes the legacy prompt in place of messages', async () => {
  const answer = await chat(simulator, { messages: undefined, prompt: 'Say hi' });

  expect(answer.text).toBe('hi');
});

it('takes three fallback models beside the model', async () => {
  const models = ['openai/gpt-4o', 'openai/gpt-5-mini', 'openai/gpt-5'];

  expect((await chat(simulator, { models })).status).toBe(200);
});

function picture(type: string, url = `data:${type};base64,AAAA`): object {
  return { type: 'image_url', image_url: { url } };
}

import OpenAI, { APIError, APIUserAbortError } from 'openai';
import { createTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';
import { until } from '../support/wait.ts';

/** The official OpenAI client, pointed at this server with one of our access tokens as its key. */
let app: TestApp;
let openai: OpenAI;
async function start(options?: TestAppOptions): Promise<void> {
  app = await createTestApp(options);
  const { token } = await app.signUp();
  openai = new OpenAI({ baseURL: `${app.url}/api/openrouter`, apiKey: token, maxRetries: 0 });
}
afterEach(() => app.close());

const question = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user' as const, content: 'Name three rivers.' }],
};
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Weather by city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const anEvent = (fields: object) => JSON.stringify({ id: 'gen-1', model: 'a/b', ...fields });
const chatCall = () =>
  app.simulator.requests.findLast(({ path }) => path.endsWith('/chat/completions'));

it('gets a whole answer', async () => {
  await start();

  const completion = await openai.chat.completions.create(question);

  expect(completion.object).toBe('chat.completion');
  expect(completion.choices[0]?.message.content).toBeTruthy();
  expect(completion.choices[0]?.finish_reason).toBe('stop');
  expect(completion.usage?.total_tokens).toBeGreaterThan(0);
});

it('reads a stream to its end, and the same text as without', async () => {
  await start();
  const whole = await openai.chat.completions.create(question);

  const stream = await openai.chat.completions.create({ ...question, stream: true });
  let text = '';
  const finishReasons = new Set<string>();
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (chunk.choices[0]?.finish_reason) finishReasons.add(chunk.choices[0].finish_reason);
    usage = chunk.usage ?? usage;
  }

  expect(text).toBe(whole.choices[0]?.message.content);
  expect([...finishReasons]).toEqual(['stop']);
  expect(usage?.total_tokens).toBe(whole.usage?.total_tokens);
});

it('receives the stream while it is being written', async () => {
  await start({ simulator: { tokensPerSecond: 100, firstTokenMs: 0 } });

  const stream = await openai.chat.completions.create({ ...question, stream: true });
  const times: number[] = [];
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) times.push(Date.now());

  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(100);
});

it('calls a tool, as JSON and in a stream, and answers with its result', async () => {
  await start();
  const request = {
    ...question,
    messages: [{ role: 'user' as const, content: 'What is the weather in Oslo?' }],
    tools: [weather],
    tool_choice: { type: 'function' as const, function: { name: 'get_weather' } },
  };

  const completion = await openai.chat.completions.create(request);
  const streamed = await openai.chat.completions.stream(request).finalChatCompletion();

  const message = completion.choices[0]?.message;
  const [call] = message?.tool_calls ?? [];
  if (!message || call?.type !== 'function') throw new Error('The model did not call the tool');
  expect(completion.choices[0]?.finish_reason).toBe('tool_calls');
  expect(call.function.name).toBe('get_weather');
  expect(JSON.parse(call.function.arguments)).toEqual({ city: expect.any(String) });
  expect(streamed.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: call.function });

  const answer = await openai.chat.completions.create({
    ...question,
    messages: [
      ...request.messages,
      message,
      { role: 'tool', tool_call_id: call.id, content: '{"celsius": -7}' },
    ],
    tools: [weather],
  });
  expect(answer.choices[0]?.message.content).toContain('-7');
});

it('gets structured output that conforms to the schema', async () => {
  await start();

  const completion = await openai.chat.completions.create({
    ...question,
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'rivers',
        strict: true,
        schema: {
          type: 'object',
          properties: { rivers: { type: 'array', items: { type: 'string' }, minItems: 3 } },
          required: ['rivers'],
          additionalProperties: false,
        },
      },
    },
  });

  const { rivers } = JSON.parse(completion.choices[0]?.message.content ?? '') as {
    rivers: unknown[];
  };
  expect(rivers.length).toBeGreaterThanOrEqual(3);
  expect(rivers.every((river) => typeof river === 'string')).toBe(true);
});

it('aborts, and upstream stops', async () => {
  await start({ simulator: { tokensPerSecond: 20, firstTokenMs: 0 } });
  const stream = await openai.chat.completions.create({
    ...question,
    messages: [{ role: 'user', content: 'Tell a long story.' }],
    stream: true,
  });

  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;

  await until(() => chatCall()?.aborted === true);
});

it('aborts before the answer has begun', async () => {
  await start();
  app.simulator.script({ match: { path: '/chat/completions' }, stall: 'headers' });
  const controller = new AbortController();
  const failed = expect(
    openai.chat.completions.create(question, { signal: controller.signal }),
  ).rejects.toBeInstanceOf(APIUserAbortError);

  await until(() => chatCall() !== undefined);
  controller.abort();

  await failed;
  await until(() => chatCall()?.aborted === true);
});

it.each([
  [400, 'x/y is not a valid model ID', OpenAI.BadRequestError],
  [403, 'Flagged by moderation', OpenAI.PermissionDeniedError],
  [404, 'No endpoints found for x/y.', OpenAI.NotFoundError],
  [429, 'Rate limit exceeded', OpenAI.RateLimitError],
  [502, 'Provider is down', OpenAI.InternalServerError],
  [503, 'Overloaded', OpenAI.InternalServerError],
])('throws its own class of error for %i, with our message', async (code, message, expected) => {
  await start();
  app.simulator.script({
    match: { path: '/chat/completions' },
    times: Infinity,
    respond: { status: code, body: { error: { code, message } } },
  });

  const error = await openai.chat.completions.create(question).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(expected);
  expect(error).toMatchObject({ status: code, message: expect.stringContaining(message) });
});

it('throws for a payment that is required, and for a token that is wrong', async () => {
  await start();
  app.simulator.script({
    match: { path: '/chat/completions' },
    respond: { status: 402, body: { error: { code: 402, message: 'Insufficient credits.' } } },
  });

  await expect(openai.chat.completions.create(question)).rejects.toMatchObject({
    status: 402,
    error: expect.objectContaining({ type: 'insufficient_credits' }),
  });
  await expect(
    openai.withOptions({ apiKey: 'wrong' }).chat.completions.create(question),
  ).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
});

it('throws for an error in mid-stream, after the text so far', async () => {
  await start();
  app.simulator.script({
    match: { path: '/chat/completions' },
    respond: {
      events: [
        anEvent({ choices: [{ index: 0, delta: { content: 'Half' }, finish_reason: null }] }),
        anEvent({ error: { code: 502, message: 'The provider is gone' }, choices: [] }),
      ],
    },
  });
  let text = '';

  const reading = async () => {
    const stream = await openai.chat.completions.create({ ...question, stream: true });
    for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
  };

  await expect(reading()).rejects.toBeInstanceOf(APIError);
  expect(text).toBe('Half');
});

it('lists the models', async () => {
  await start();

  const ids = [];
  for await (const model of openai.models.list()) ids.push(model.id);

  expect(ids).toHaveLength(421);
  expect(ids).toContain(question.model);
});

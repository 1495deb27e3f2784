import type OpenAI from 'openai';
import {
  aChunk,
  aFailure,
  aModel,
  aThinkingModel,
  aWrongToken,
  startClientHost,
  theEnd,
  type ClientHost,
} from '../support/client-host.ts';
import { importAsPublished } from '../support/import-as-published.ts';
import { until } from '../support/wait.ts';

/** The official OpenAI client, pointed at this server. */
let host: ClientHost;
let sdk: typeof import('openai');
let openai: OpenAI;
beforeAll(async () => {
  sdk = await importAsPublished<typeof import('openai')>('openai');
  host = await startClientHost();
  openai = new sdk.OpenAI({ baseURL: host.baseURL, apiKey: host.apiKey, maxRetries: 0 });
});

const question = {
  model: aModel,
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
/** What OpenRouter adds to OpenAI's shapes. */
interface Thought {
  reasoning?: string | null;
  reasoning_details?: { type: string }[];
}

it('gets a whole answer', async () => {
  const completion = await openai.chat.completions.create(question);

  expect(completion.object).toBe('chat.completion');
  expect(completion.choices[0]?.message.content).toBeTruthy();
  expect(completion.choices[0]?.finish_reason).toBe('stop');
  expect(completion.usage?.total_tokens).toBeGreaterThan(0);
});

it('reads a stream to its end, and the same text as without', async () => {
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

it('receives each word before upstream has the next', async () => {
  const upstream = host.step();
  const opening = openai.chat.completions.create({ ...question, stream: true });

  const words: (string | null | undefined)[] = [];
  upstream.write(aChunk({ content: 'One' }));
  const stream = await opening;
  for await (const chunk of stream) {
    words.push(chunk.choices[0]?.delta.content);
    if (words.length === 1) upstream.write(aChunk({ content: 'two' }));
    else if (words.length === 2) for (const payload of theEnd) upstream.write(payload);
    if (words.length === 3) upstream.end();
  }

  expect(words.slice(0, 2)).toEqual(['One', 'two']);
});

it('calls a tool, as JSON and in a stream, and answers with its result', async () => {
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

it('reads the reasoning, and sends it back', async () => {
  const thinking = { ...question, model: aThinkingModel, reasoning_effort: 'low' as const };

  const { choices } = await openai.chat.completions.create(thinking);
  let streamed = '';
  for await (const chunk of await openai.chat.completions.create({ ...thinking, stream: true })) {
    streamed += (chunk.choices[0]?.delta as Thought | undefined)?.reasoning ?? '';
  }

  const message = choices[0]?.message as OpenAI.ChatCompletionMessage & Thought;
  expect(message.reasoning).toBeTruthy();
  expect(streamed).toBe(message.reasoning);
  await openai.chat.completions.create({
    ...thinking,
    messages: [...question.messages, message, { role: 'user', content: 'And lakes?' }],
  });
  expect(host.lastCall()?.body).toMatchObject({
    messages: [{}, { reasoning_details: message.reasoning_details }, {}],
  });
});

it('gets structured output that conforms to the schema', async () => {
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

it('leaves the stream, and upstream stops', async () => {
  host.step().write(aChunk({ content: 'Once' }));

  const stream = await openai.chat.completions.create({ ...question, stream: true });
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;

  await until(() => host.lastCall()?.aborted === true);
});

it('aborts before the answer has begun', async () => {
  host.bend({ stall: 'headers' });
  const before = host.lastCall();
  const controller = new AbortController();
  const failed = expect(
    openai.chat.completions.create(question, { signal: controller.signal }),
  ).rejects.toBeInstanceOf(sdk.APIUserAbortError);

  await until(() => host.lastCall() !== before);
  controller.abort();

  await failed;
  await until(() => host.lastCall()?.aborted === true);
});

it('throws its own class of error for each status, with our message', async () => {
  const refused = await host.refuse((model) =>
    openai.chat.completions.create({ ...question, model }),
  );
  const classes = {
    400: sdk.BadRequestError,
    401: sdk.AuthenticationError,
    402: sdk.APIError, // It has no class of its own.
    403: sdk.PermissionDeniedError,
    404: sdk.NotFoundError,
    429: sdk.RateLimitError,
    500: sdk.InternalServerError,
    502: sdk.InternalServerError,
    503: sdk.InternalServerError,
  };

  for (const { status, words, error } of refused) {
    expect(error).toBeInstanceOf(classes[status]);
    expect(error).toMatchObject({ status, message: expect.stringContaining(words) });
  }
});

it('throws for a token that is wrong', async () => {
  const stranger = openai.withOptions({ apiKey: aWrongToken });

  const error = await stranger.chat.completions.create(question).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(sdk.AuthenticationError);
  expect(error).toMatchObject({ status: 401, type: 'authentication_error' });
});

it('throws for an error in mid-stream, after the text so far', async () => {
  host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });
  let text = '';

  const reading = async () => {
    const stream = await openai.chat.completions.create({ ...question, stream: true });
    for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
  };

  const error = await reading().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(sdk.APIError);
  expect(error).toMatchObject({ message: expect.stringContaining('The provider is gone') });
  expect(text).toBe('Half');
});

it('lists the models', async () => {
  const ids = await Array.fromAsync(openai.models.list(), ({ id }) => id);

  expect(ids).toHaveLength(421);
  expect(ids).toContain(question.model);
});

it('reaches nobody but this server', () => {
  expect(host.strangers()).toEqual([]);
});

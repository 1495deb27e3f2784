import type { OpenRouter } from '@openrouter/sdk';
import type { ChatRequest, ChatResult, ChatStreamChunk } from '@openrouter/sdk/models';
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

/** OpenRouter's own client. It is strict: what lacks a field of the published description is an error. */
let host: ClientHost;
let openrouter: OpenRouter;
let connect: (apiKey: string) => OpenRouter;
beforeAll(async () => {
  const sdk = await importAsPublished<typeof import('@openrouter/sdk')>('@openrouter/sdk');
  host = await startClientHost();
  connect = (apiKey) =>
    new sdk.OpenRouter({ apiKey, serverURL: host.baseURL, retryConfig: { strategy: 'none' } });
  openrouter = connect(host.apiKey);
});

const question: ChatRequest = {
  model: aModel,
  messages: [{ role: 'user', content: 'Name three rivers.' }],
};
const weather: ChatRequest['tools'] = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Weather by city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const ask = async (request: ChatRequest, options?: RequestInit): Promise<ChatResult> => {
  const chatRequest = { ...request, stream: false as const };
  const answer = openrouter.chat.send({ chatRequest }, options && { fetchOptions: options });
  return (await answer) as ChatResult;
};
const stream = async (request: ChatRequest): Promise<AsyncIterable<ChatStreamChunk>> => {
  const chatRequest = { ...request, stream: true as const };
  return (await openrouter.chat.send({ chatRequest })) as AsyncIterable<ChatStreamChunk>;
};

it('gets a whole answer', async () => {
  const { choices, usage } = await ask(question);

  expect(choices[0]?.message.content).toBeTruthy();
  expect(choices[0]?.finishReason).toBe('stop');
  expect(usage?.cost).toBeGreaterThan(0);
});

it('reads a stream to its end, and the same text as without', async () => {
  const whole = await ask(question);

  let text = '';
  let usage;
  for await (const chunk of await stream(question)) {
    text += chunk.choices[0]?.delta.content ?? '';
    usage = chunk.usage ?? usage;
  }

  expect(text).toBe(whole.choices[0]?.message.content);
  expect(usage?.cost).toBe(whole.usage?.cost);
});

it('receives each word before upstream has the next', async () => {
  const upstream = host.step();
  upstream.write(aChunk({ content: 'One' }));

  const words: unknown[] = [];
  for await (const chunk of await stream(question)) {
    words.push(chunk.choices[0]?.delta.content);
    if (words.length === 1) upstream.write(aChunk({ content: 'two' }));
    else if (words.length === 2) for (const payload of theEnd) upstream.write(payload);
    if (words.length === 3) upstream.end();
  }

  expect(words.slice(0, 2)).toEqual(['One', 'two']);
});

it('calls a tool, as JSON and in a stream', async () => {
  const request: ChatRequest = {
    ...question,
    tools: weather,
    toolChoice: { type: 'function', function: { name: 'get_weather' } },
  };

  const { choices } = await ask(request);
  let streamed = '';
  for await (const chunk of await stream(request)) {
    streamed += chunk.choices[0]?.delta.toolCalls?.[0]?.function?.arguments ?? '';
  }

  const call = choices[0]?.message.toolCalls?.[0];
  expect(choices[0]?.finishReason).toBe('tool_calls');
  expect(call?.function.name).toBe('get_weather');
  expect(JSON.parse(call?.function.arguments ?? '')).toEqual({ city: expect.any(String) });
  expect(streamed).toBe(call?.function.arguments);
});

it('reads the reasoning, and sends it back', async () => {
  const thinking: ChatRequest = {
    ...question,
    model: aThinkingModel,
    reasoning: { effort: 'low' },
  };

  const { choices } = await ask(thinking);
  let streamed = '';
  for await (const chunk of await stream(thinking)) {
    streamed += chunk.choices[0]?.delta.reasoning ?? '';
  }

  const message = choices[0]?.message;
  if (!message) throw new Error('There is no message');
  expect(message.reasoning).toBeTruthy();
  expect(streamed).toBe(message.reasoning);
  await ask({
    ...thinking,
    messages: [...question.messages, message, { role: 'user', content: 'And lakes?' }],
  });
  const types = message.reasoningDetails?.map(({ type }) => ({ type }));
  expect(types).toContainEqual({ type: 'reasoning.encrypted' });
  expect(host.lastCall()?.body).toMatchObject({
    messages: [{}, { reasoning_details: types }, {}],
  });
});

it('leaves the stream, and upstream stops', async () => {
  host.step().write(aChunk({ content: 'Once' }));

  for await (const chunk of await stream(question)) if (chunk.choices[0]?.delta.content) break;

  await until(() => host.lastCall()?.aborted === true);
});

it('aborts before the answer has begun', async () => {
  host.bend({ stall: 'headers' });
  const before = host.lastCall();
  const controller = new AbortController();
  const failed = expect(ask(question, { signal: controller.signal })).rejects.toMatchObject({
    name: 'RequestAbortedError',
  });

  await until(() => host.lastCall() !== before);
  controller.abort();

  await failed;
  await until(() => host.lastCall()?.aborted === true);
});

const classes = {
  400: 'BadRequestResponseError',
  401: 'UnauthorizedResponseError',
  402: 'PaymentRequiredResponseError',
  403: 'ForbiddenResponseError',
  404: 'NotFoundResponseError',
  429: 'TooManyRequestsResponseError',
  500: 'InternalServerResponseError',
  502: 'BadGatewayResponseError',
  503: 'ServiceUnavailableResponseError',
};

it('throws its own class of error for each status, with our message', async () => {
  const refused = await host.refuse((model) => ask({ ...question, model }));

  for (const { status, words, error } of refused) {
    expect(error).toMatchObject({
      name: classes[status],
      message: expect.stringContaining(words),
      error: { code: status },
    });
  }
});

it('throws for a token that is wrong', async () => {
  const chatRequest = { ...question, stream: false as const };

  await expect(connect(aWrongToken).chat.send({ chatRequest })).rejects.toMatchObject({
    name: 'UnauthorizedResponseError',
    message: 'This app token is unknown here, or was revoked.',
  });
});

it('is told of an error in mid-stream, after the text so far', async () => {
  host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });

  const chunks = await Array.fromAsync(await stream(question));

  expect(chunks[0]?.choices[0]?.delta.content).toBe('Half');
  expect(chunks[1]).toMatchObject({
    error: { code: 502, message: expect.stringContaining('The provider is gone') },
    choices: [{ finishReason: 'error' }],
  });
});

it.each([
  [undefined, [421]],
  [150, [150, 150, 121]],
])('lists the models in pages of %s', async (limit, sizes) => {
  const pages = await openrouter.models.list({ limit });

  expect(await Array.fromAsync(pages, ({ result }) => result.data.length)).toEqual(sizes);
});

it('reaches nobody but this server', () => {
  expect(host.strangers()).toEqual([]);
});

import type { OpenRouterProvider } from '@openrouter/ai-sdk-provider';
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
import { sentWith } from '../support/upstream-calls.ts';
import { until } from '../support/wait.ts';

/** The AI SDK with OpenRouter's own provider, pointed at this server. */
let host: ClientHost;
let ai: typeof import('ai');
let openrouter: OpenRouterProvider;
let connect: (apiKey: string) => OpenRouterProvider;
beforeAll(async () => {
  ai = await importAsPublished<typeof import('ai')>('ai');
  const { createOpenRouter } = await importAsPublished<
    typeof import('@openrouter/ai-sdk-provider')
  >('@openrouter/ai-sdk-provider');
  host = await startClientHost();
  connect = (apiKey) => createOpenRouter({ baseURL: host.baseURL, apiKey });
  openrouter = connect(host.apiKey);
});

const prompt = 'Name three rivers.';
const aWeatherTool = () =>
  ai.tool({
    description: 'Weather by city',
    inputSchema: ai.jsonSchema<{ city: string }>({
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    }),
    execute: ({ city }) => ({ city, celsius: -7 }),
  });
const whole = async (model: string, apiKey = host.apiKey) =>
  ai.generateText({ model: connect(apiKey)(model), prompt, maxRetries: 0 });
const streamed = (options: { abortSignal?: AbortSignal } = {}) =>
  ai.streamText({ model: openrouter(aModel), prompt, maxRetries: 0, onError: ignore, ...options });
const ignore = () => undefined; // The SDK would print what the test reads from the stream.

it('gets a whole answer, and what it cost', async () => {
  const { text, finishReason, providerMetadata } = await ai.generateText({
    model: openrouter(aModel, { usage: { include: true } }),
    prompt,
  });

  expect(text).toBeTruthy();
  expect(finishReason).toBe('stop');
  expect(providerMetadata?.['openrouter']).toMatchObject({
    usage: { cost: expect.any(Number), totalTokens: expect.any(Number) },
  });
});

it('streams the same text, and what it cost', async () => {
  const { text } = await whole(aModel);

  const result = ai.streamText({ model: openrouter(aModel, { usage: { include: true } }), prompt });
  const words = await Array.fromAsync(result.textStream);

  expect(words.length).toBeGreaterThan(3);
  expect(words.join('')).toBe(text);
  expect((await result.usage).outputTokens).toBeGreaterThan(0);
  expect((await result.providerMetadata)?.['openrouter']).toMatchObject({
    usage: { cost: expect.any(Number) },
  });
});

it('receives each word before upstream has the next', async () => {
  const upstream = host.step();
  upstream.write(aChunk({ content: 'One' }));

  const words: string[] = [];
  for await (const word of streamed().textStream) {
    words.push(word);
    if (words.length === 1) upstream.write(aChunk({ content: 'two' }));
    else for (const payload of theEnd) upstream.write(payload);
    if (words.length === 2) upstream.end();
  }

  expect(words).toEqual(['One', 'two']);
});

it('runs a tool in the middle of a stream, and sends the thoughts back with its result', async () => {
  const result = ai.streamText({
    model: openrouter(aThinkingModel, { reasoning: { effort: 'low' } }),
    prompt: 'What is the weather in Oslo?',
    tools: { get_weather: aWeatherTool() },
    stopWhen: ai.stepCountIs(3),
  });

  const [first, second] = await result.steps;
  expect(first?.toolCalls).toMatchObject([
    { toolName: 'get_weather', input: { city: expect.any(String) } },
  ]);
  expect(first?.reasoningText).toBeTruthy();
  expect(second?.reasoningText).toBeTruthy();
  expect(second?.text).toContain('-7');
  expect(sentWith(host.lastCall()).messages[1]?.['reasoning_details']).toContainEqual(
    expect.objectContaining({ type: 'reasoning.encrypted' }),
  );
});

it('gets an object that conforms to the schema', async () => {
  const { output } = await ai.generateText({
    model: openrouter(aModel),
    prompt,
    output: ai.Output.object({
      schema: ai.jsonSchema<{ rivers: string[] }>({
        type: 'object',
        properties: { rivers: { type: 'array', items: { type: 'string' }, minItems: 3 } },
        required: ['rivers'],
        additionalProperties: false,
      }),
    }),
  });

  expect(output.rivers.length).toBeGreaterThanOrEqual(3);
});

it('aborts in mid-stream, and upstream stops', async () => {
  host.step().write(aChunk({ content: 'Once' }));
  const controller = new AbortController();

  for await (const _word of streamed({ abortSignal: controller.signal }).textStream) {
    controller.abort();
  }

  await until(() => host.lastCall()?.aborted === true);
});

it('aborts before the answer has begun', async () => {
  host.bend({ stall: 'headers' });
  const before = host.lastCall();
  const controller = new AbortController();
  const reading = Array.fromAsync(streamed({ abortSignal: controller.signal }).fullStream);

  await until(() => host.lastCall() !== before);
  controller.abort();

  expect((await reading).at(-1)).toMatchObject({ type: 'abort' });
  await until(() => host.lastCall()?.aborted === true);
});

it('throws an APICallError with the status and our message', async () => {
  for (const { status, words, error } of await host.refuse(whole)) {
    expect(ai.APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      statusCode: status,
      message: expect.stringContaining(words),
      data: { error: { reason: expect.any(String), action: expect.any(String) } },
    });
  }
});

it('throws for a token that is wrong', async () => {
  await expect(whole(aModel, aWrongToken)).rejects.toMatchObject({
    name: 'AI_APICallError',
    statusCode: 401,
    message: 'This app token is unknown here, or was revoked.',
  });
});

it('is told of an error in mid-stream, after the text so far', async () => {
  host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });

  const parts = await Array.fromAsync(streamed().fullStream);

  expect(parts).toContainEqual(expect.objectContaining({ type: 'text-delta', text: 'Half' }));
  const failure = parts.find((part) => part.type === 'error');
  expect(failure?.error).toMatchObject({
    name: 'AI_StreamProviderError',
    message: expect.stringContaining('The provider is gone'),
    statusCode: 502,
  });
  expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: 'error' });
});

it('reaches nobody but this server', () => {
  expect(host.strangers()).toEqual([]);
});

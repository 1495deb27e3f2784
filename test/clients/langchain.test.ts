import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import type { ChatOpenAI } from '@langchain/openai';
import type { ChatOpenRouter } from '@langchain/openrouter';
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

/** LangChain's model for OpenRouter and its model for OpenAI, both pointed at this server. */
type Connect = (model: string, apiKey?: string) => ChatOpenRouter | ChatOpenAI;
let host: ClientHost;
let core: typeof import('@langchain/core/messages');
const clients = {} as { ChatOpenRouter: Connect; ChatOpenAI: Connect };
beforeAll(async () => {
  core = await importAsPublished<typeof import('@langchain/core/messages')>(
    '@langchain/core/messages',
  );
  const { ChatOpenRouter } =
    await importAsPublished<typeof import('@langchain/openrouter')>('@langchain/openrouter');
  const { ChatOpenAI } =
    await importAsPublished<typeof import('@langchain/openai')>('@langchain/openai');
  host = await startClientHost();
  const { baseURL } = host;
  clients.ChatOpenRouter = (model, apiKey = host.apiKey) =>
    new ChatOpenRouter({ model, apiKey, baseURL, maxRetries: 0 });
  clients.ChatOpenAI = (model, apiKey = host.apiKey) =>
    new ChatOpenAI({ model, apiKey, configuration: { baseURL }, maxRetries: 0 });
});

const question = 'Name three rivers.';
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Weather by city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const joined = (chunks: AIMessageChunk[]) => chunks.reduce((whole, chunk) => whole.concat(chunk));
const usageOf = (message: { usage_metadata?: unknown }) =>
  message.usage_metadata as UsageMetadata | undefined;

describe.each(['ChatOpenRouter', 'ChatOpenAI'] as const)('%s', (name) => {
  const connect: Connect = (...settings) => clients[name](...settings);

  it('gets a whole answer, and the same text as a stream', async () => {
    const whole = await connect(aModel).invoke(question);
    const chunks = await Array.fromAsync(await connect(aModel).stream(question));

    expect(whole.text).toBeTruthy();
    expect(whole.response_metadata['finish_reason']).toBe('stop');
    expect(chunks.length).toBeGreaterThan(3);
    expect(joined(chunks).text).toBe(whole.text);
    expect(usageOf(joined(chunks))?.total_tokens).toBe(usageOf(whole)?.total_tokens);
  });

  it('receives each word before upstream has the next', async () => {
    const upstream = host.step();
    upstream.write(aChunk({ content: 'One' }));

    const words: string[] = [];
    for await (const chunk of await connect(aModel).stream(question)) {
      if (chunk.text === '') continue;
      words.push(chunk.text);
      if (words.length === 1) upstream.write(aChunk({ content: 'two' }));
      else {
        for (const payload of theEnd) upstream.write(payload);
        upstream.end();
      }
    }

    expect(words).toEqual(['One', 'two']);
  });

  it('calls a tool, whole and in a stream, and answers with its result', async () => {
    const asked = new core.HumanMessage('What is the weather in Oslo?');
    const withTools = connect(aModel).bindTools([weather]);

    const message = await withTools.invoke([asked]);
    const chunks = await Array.fromAsync(await withTools.stream([asked]));

    const [call] = message.tool_calls ?? [];
    expect(call).toMatchObject({ name: 'get_weather', args: { city: expect.any(String) } });
    expect(joined(chunks).tool_calls).toMatchObject([{ name: call?.name, args: call?.args }]);
    const answer = await withTools.invoke([
      asked,
      message,
      new core.ToolMessage({ tool_call_id: call?.id ?? '', content: '{"celsius": -7}' }),
    ]);
    expect(answer.text).toContain('-7');
  });

  it('gets an object that conforms to the schema', async () => {
    const schema = {
      title: 'rivers',
      type: 'object',
      properties: { rivers: { type: 'array', items: { type: 'string' }, minItems: 3 } },
      required: ['rivers'],
      additionalProperties: false,
    };

    const { rivers } = await connect(aModel)
      .withStructuredOutput<{ rivers: string[] }>(schema)
      .invoke(question);

    expect(rivers.length).toBeGreaterThanOrEqual(3);
  });

  it('aborts in mid-stream, and upstream stops', async () => {
    host.step().write(aChunk({ content: 'Once' }));
    const controller = new AbortController();

    const reading = async () => {
      const stream = await connect(aModel).stream(question, { signal: controller.signal });
      for await (const _chunk of stream) controller.abort();
    };

    await expect(reading()).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => host.lastCall()?.aborted === true);
  });

  it('aborts before the answer has begun', async () => {
    host.bend({ stall: 'headers' });
    const before = host.lastCall();
    const controller = new AbortController();
    const failed = expect(
      connect(aModel).invoke(question, { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });

    await until(() => host.lastCall() !== before);
    controller.abort();

    await failed;
    await until(() => host.lastCall()?.aborted === true);
  });

  it('throws for a token that is wrong', async () => {
    await expect(connect(aModel, aWrongToken).invoke(question)).rejects.toMatchObject({
      message: expect.stringContaining('This app token is unknown here, or was revoked.'),
    });
  });
});

describe('ChatOpenRouter', () => {
  it('shows the thoughts, whole and in a stream', async () => {
    const model = clients.ChatOpenRouter(aThinkingModel);

    const whole = await model.invoke(question);
    const streamed = joined(await Array.fromAsync(await model.stream(question)));

    const thoughts = whole.contentBlocks.filter(({ type }) => type === 'reasoning');
    expect(thoughts).toEqual([{ type: 'reasoning', reasoning: expect.stringMatching(/\w/) }]);
    expect(streamed.contentBlocks).toEqual(whole.contentBlocks);
    expect(whole.additional_kwargs['reasoning_details']).toContainEqual(
      expect.objectContaining({ type: 'reasoning.encrypted' }),
    );
  });

  it('throws its own class of error for each status, with our message', async () => {
    const refused = await host.refuse((model) => clients.ChatOpenRouter(model).invoke(question));
    const names: Record<number, string> = {
      401: 'OpenRouterAuthError',
      403: 'OpenRouterAuthError',
      429: 'OpenRouterRateLimitError',
    };

    for (const { status, words, error } of refused) {
      expect(error).toMatchObject({
        name: names[status] ?? 'OpenRouterError',
        statusCode: status,
        message: expect.stringContaining(words),
      });
    }
  });

  it('is told in the finish reason of an error in mid-stream', async () => {
    host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });

    const stream = await clients.ChatOpenRouter(aModel).stream(question);
    const [half, end] = await Array.fromAsync(stream);

    expect(half?.text).toBe('Half');
    expect(end?.response_metadata['finish_reason']).toBe('error');
  });
});

describe('ChatOpenAI', () => {
  it('counts the thoughts, which it cannot show', async () => {
    const message = await clients.ChatOpenAI(aThinkingModel).invoke(question);

    expect(usageOf(message)?.output_token_details?.reasoning).toBeGreaterThan(0);
  });

  it('throws the class of OpenAI for each status, with our message', async () => {
    const refused = await host.refuse((model) => clients.ChatOpenAI(model).invoke(question));
    const sdk = await importAsPublished<typeof import('openai')>('openai');
    const classes = {
      400: sdk.BadRequestError,
      401: sdk.AuthenticationError,
      402: sdk.APIError,
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

  it('throws for an error in mid-stream, after the text so far', async () => {
    host.bend({ respond: { events: [aChunk({ content: 'Half' }), aFailure] } });
    let text = '';

    const reading = async () => {
      const stream = await clients.ChatOpenAI(aModel).stream(question);
      for await (const chunk of stream) text += chunk.text;
    };

    await expect(reading()).rejects.toMatchObject({ message: 'The provider is gone', code: 502 });
    expect(text).toBe('Half');
  });
});

it('reaches nobody but this server, LangSmith least of all', () => {
  expect(host.strangers()).toEqual([]);
});

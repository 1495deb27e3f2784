import { createHash } from 'node:crypto';
import { OpenRouter } from '@openrouter/sdk';
import type { ChatRequest, ChatResult, ChatStreamChunk } from '@openrouter/sdk/models';
import {
  chatChunkSchema,
  chatCompletionSchema,
  creditsResponseSchema,
  endpointsResponseSchema,
  generationResponseSchema,
  keyResponseSchema,
  modelListSchema,
  modelSchema,
  parseChunk,
  TERMINATOR,
  upstreamErrorBodySchema,
} from '@openrouter-native/protocol';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '@openrouter-native/simulator';

/**
 * The official client is strict: it throws when an answer lacks a field of the published description
 * or has one of another kind. Our own schemas are read against the same answers.
 */
let simulator: Simulator;
let openrouter: OpenRouter;

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({
    tokensPerSecond: Infinity,
    generationDelayMs: 0,
    ...options,
  });
  openrouter = connect(simulator.keys.inference);
}
const connect = (apiKey: string) =>
  new OpenRouter({ apiKey, serverURL: simulator.url, retryConfig: { strategy: 'none' } });
const readJson = async (path: string, key = simulator.keys.inference): Promise<unknown> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${simulator.url}${path}`, { headers })).json();
};

beforeEach(() => start());
afterEach(() => simulator.close());

describe('the catalogue', () => {
  it('is read whole, all 421 models of it', async () => {
    const pages = await openrouter.models.list();

    let count = 0;
    for await (const page of pages) count += page.result.data.length;
    expect(count).toBe(421);
    const list = modelListSchema.parse(await readJson('/models'));
    expect(list.data.every((model) => modelSchema.safeParse(model).success)).toBe(true);
  });

  it('is read page by page', async () => {
    const pages = await openrouter.models.list({ limit: 150 });

    const sizes: number[] = [];
    for await (const page of pages) sizes.push(page.result.data.length);
    expect(sizes).toEqual([150, 150, 121]);
  });

  it('is counted, filtered for a user, and read one by one', async () => {
    const count = await openrouter.models.count();
    const [own] = await Array.fromAsync(
      await openrouter.models.listForUser({ bearer: simulator.keys.inference }),
    );
    const model = await openrouter.models.get({ author: 'openai', slug: 'gpt-5-mini' });

    expect(count.data.count).toBe(421);
    expect(own?.result.data.length).toBe(421);
    expect(model.data.id).toBe('openai/gpt-5-mini');
  });

  it('has endpoints, zero-retention ones among them, and providers', async () => {
    const path = { author: 'anthropic', slug: 'claude-haiku-4.5' };
    const endpoints = await openrouter.endpoints.list(path);
    const zdr = await openrouter.endpoints.listZdrEndpoints();
    const providers = await openrouter.providers.list();

    expect(endpoints.data.endpoints.length).toBeGreaterThan(1);
    expect(zdr.data.length).toBeGreaterThan(100);
    expect(providers.data.length).toBeGreaterThan(40);
    const ours = await readJson('/models/anthropic/claude-haiku-4.5/endpoints');
    expect(endpointsResponseSchema.safeParse(ours).error).toBeUndefined();
  });

  it('has endpoints for every model that both sides can read', async () => {
    const { data } = modelListSchema.parse(await readJson('/models'));
    const sample = data
      .map((model) => modelSchema.parse(model))
      .filter((_, index) => index % 9 === 0);

    for (const { id } of sample) {
      const [author = '', slug = ''] = id.split('/');
      const { data: listed } = await openrouter.endpoints.list({ author, slug });
      expect(listed.endpoints.length).toBeGreaterThan(author === 'openrouter' ? -1 : 0);
    }
  });
});

describe('the account', () => {
  it('shows the key, whatever kind it is', async () => {
    const { inference, capped, free, management, negative } = simulator.keys;
    for (const key of [inference, capped, free, management, negative]) {
      const { data } = await connect(key).apiKeys.getCurrentKeyMetadata();
      expect(data.label).toMatch(/^sk-or-v1-/);
      expect(keyResponseSchema.safeParse(await readJson('/key', key)).error).toBeUndefined();
    }
  });

  it('shows the credits to a management key', async () => {
    const { management } = simulator.keys;

    const { data } = await connect(management).credits.getCredits();

    expect(data.totalCredits).toBeGreaterThan(data.totalUsage);
    const ours = await readJson('/credits', management);
    expect(creditsResponseSchema.safeParse(ours).error).toBeUndefined();
  });

  it('is opened by PKCE', async () => {
    const { codeChallenge, codeVerifier } = createChallenge();
    const url = await openrouter.oAuth.createAuthorizationUrl({
      callbackUrl: 'http://localhost:1/back',
      codeChallenge,
      codeChallengeMethod: 'S256',
    });
    const page = await fetch(url, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';

    const exchanged = await openrouter.oAuth.exchangeAuthCodeForAPIKey({
      requestBody: { code, codeVerifier, codeChallengeMethod: 'S256' },
    });
    const { data } = await connect(exchanged.key).apiKeys.getCurrentKeyMetadata();
    const started = await openrouter.oAuth.createAuthCode({
      requestBody: { callbackUrl: 'https://app.example/', codeChallenge },
    });

    expect(data.isManagementKey).toBe(false);
    expect(started.data.id).toBeTruthy();
  });
});

const ask = (content: string) => ({ role: 'user' as const, content });
const requests: [name: string, request: ChatRequest][] = [
  ['plain words', { model: 'openai/gpt-4o-mini', messages: [ask('Explain tides')] }],
  ['signed thoughts', { model: 'anthropic/claude-fable-5', messages: [ask('Explain tides')] }],
  ['encrypted thoughts', { model: 'openai/gpt-5-mini', messages: [ask('Explain tides')] }],
  ['Gemini thoughts', { model: 'google/gemini-3.1-pro-preview', messages: [ask('Explain tides')] }],
  ['plain thoughts', { model: 'z-ai/glm-5.2', messages: [ask('Explain tides')] }],
  ['a cut answer', { model: 'openai/gpt-4o-mini', messages: [ask('Explain')], maxTokens: 3 }],
  [
    'tool calls',
    {
      model: 'openai/gpt-4o-mini',
      messages: [ask('What is the weather in Oslo and Rome?')],
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        },
      ],
    },
  ],
  [
    'pictures',
    {
      model: 'google/gemini-2.5-flash-image',
      messages: [ask('A quiet harbour')],
      modalities: ['image', 'text'],
    },
  ],
  ['a search', { model: 'openai/gpt-4o-mini:online', messages: [ask('News')] }],
  ['a router', { model: 'openrouter/auto', messages: [ask('Hello')] }],
  ['a tier', { model: 'openai/gpt-5-mini', messages: [ask('Hello')], serviceTier: 'flex' }],
];

describe.each(requests)('a chat with %s', (_name, chatRequest) => {
  it('is read as JSON', async () => {
    const result = (await openrouter.chat.send({
      chatRequest: { ...chatRequest, stream: false },
      xOpenRouterMetadata: 'enabled',
    })) as ChatResult;

    const generation = await openrouter.generations.getGeneration({ id: result.id });
    expect(result.choices[0]?.message.role).toBe('assistant');
    expect(result.usage?.cost).toBe(generation.data.totalCost);
    const ours = await readJson(`/generation?id=${result.id}`);
    expect(generationResponseSchema.safeParse(ours).error).toBeUndefined();
  });

  it.each(['repeats-finish', 'empty-choices'] as const)(
    'is read as a stream whose usage chunk %s',
    async (usageChunk) => {
      await simulator.close();
      await start({ usageChunk });
      const whole = (await openrouter.chat.send({ chatRequest })) as ChatResult;

      const stream = await openrouter.chat.send({ chatRequest: { ...chatRequest, stream: true } });
      const chunks = await Array.fromAsync(stream as AsyncIterable<ChatStreamChunk>);

      const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
      expect(text).toBe(whole.choices[0]?.message.content ?? '');
      expect(chunks.at(-1)?.usage?.cost).toBe(whole.usage?.cost);
    },
  );
});

it('breaks off a stream in a way that is read', async () => {
  simulator.script({ fail: { afterTokens: 4 } });
  const chatRequest = { model: 'openai/gpt-4o-mini', messages: [ask('Explain tides')] };

  const stream = await openrouter.chat.send({ chatRequest: { ...chatRequest, stream: true } });
  const chunks = await Array.fromAsync(stream as AsyncIterable<ChatStreamChunk>);

  expect(chunks.at(-1)?.error).toMatchObject({ code: 502 });
  expect(chunks.at(-1)?.choices[0]?.finishReason).toBe('error');
});

describe('a refusal is read as the error it is', () => {
  const statuses: [status: number, name: string][] = [
    [400, 'BadRequestResponseError'],
    [402, 'PaymentRequiredResponseError'],
    [403, 'ForbiddenResponseError'],
    [404, 'NotFoundResponseError'],
    [408, 'RequestTimeoutResponseError'],
    [413, 'PayloadTooLargeResponseError'],
    [422, 'UnprocessableEntityResponseError'],
    [429, 'TooManyRequestsResponseError'],
    [500, 'InternalServerResponseError'],
    [502, 'BadGatewayResponseError'],
    [503, 'ServiceUnavailableResponseError'],
    [524, 'EdgeNetworkTimeoutResponseError'],
    [529, 'ProviderOverloadedResponseError'],
  ];
  const chatRequest = { model: 'openai/gpt-4o-mini', messages: [ask('Say hi')] };

  it.each(statuses)('%d of a provider', async (status, name) => {
    simulator.script({ fail: { status } });

    await expect(openrouter.chat.send({ chatRequest })).rejects.toMatchObject({
      name,
      error: { code: status },
    });
  });

  it('and the simulator’s own', async () => {
    const send = (request: Partial<ChatRequest>, key = simulator.keys.inference) =>
      connect(key).chat.send({ chatRequest: { ...chatRequest, ...request } });
    const { disabled, poor, guarded, inference } = simulator.keys;

    await expect(send({}, disabled)).rejects.toMatchObject({ name: 'UnauthorizedResponseError' });
    await expect(send({ model: 'no/such' })).rejects.toMatchObject({
      name: 'BadRequestResponseError',
    });
    await expect(send({ model: 'openai/gpt-5' }, poor)).rejects.toMatchObject({
      name: 'PaymentRequiredResponseError',
    });
    await expect(send({ model: 'x-ai/grok-4.6' }, guarded)).rejects.toMatchObject({
      name: 'ForbiddenResponseError',
    });
    await expect(send({ provider: { only: ['nope'] } })).rejects.toMatchObject({
      name: 'NotFoundResponseError',
    });
    await expect(connect(inference).credits.getCredits()).rejects.toMatchObject({
      name: 'ForbiddenResponseError',
    });
  });
});

describe('our own schemas', () => {
  it.each(requests)('read every chunk and answer of a chat with %s', async (_name, request) => {
    const post = (stream: boolean) =>
      fetch(`${simulator.url}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${simulator.keys.inference}` },
        body: JSON.stringify({ ...toWire(request), stream }),
      });

    const whole: unknown = await (await post(false)).json();
    const payloads = (await (await post(true)).text())
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: '))
      .map((frame) => frame.slice('data: '.length));

    expect(chatCompletionSchema.safeParse(whole).error).toBeUndefined();
    expect(payloads.at(-1)).toBe(TERMINATOR);
    for (const payload of payloads.slice(0, -1)) {
      expect(parseChunk(payload)).not.toBeNull();
      expect(chatChunkSchema.safeParse(JSON.parse(payload)).error).toBeUndefined();
    }
  });

  it('read refusals', async () => {
    const refusal = await readJson('/credits');

    expect(upstreamErrorBodySchema.safeParse(refusal).error).toBeUndefined();
  });
});

function createChallenge(): { codeChallenge: string; codeVerifier: string } {
  const codeVerifier = 'v'.repeat(64);
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  return { codeChallenge, codeVerifier };
}

/** The client writes camelCase and sends snake_case. */
function toWire(request: ChatRequest): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

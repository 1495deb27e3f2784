import { computeCost, modelSchema, type Usage } from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '../index.ts';
import { PLAIN_MODEL, chat, json, stream, user } from '../testing/ask.ts';

const NOW = Date.UTC(2026, 9, 14, 12);

let simulator: Simulator;
let now: number;
beforeEach(async () => {
  now = NOW;
  simulator = await startSimulator({
    tokensPerSecond: Infinity,
    generationDelayMs: 0,
    now: () => now,
  });
});
afterEach(() => simulator.close());

const say = async (body: Record<string, unknown>) => (await chat(simulator, body)).text;
const priceOf = async (id: string) => {
  const { body } = await json<{ data: unknown }>(simulator, 'GET', `/model/${id}`);
  return modelSchema.parse(body.data).pricing;
};
const readKeyUsage = async () =>
  (await json<{ data: { usage: number } }>(simulator, 'GET', '/key')).body.data.usage;

describe('one request, two ways', () => {
  const requests: [name: string, body: Record<string, unknown>][] = [
    ['plain words', { messages: [user('Explain how tides work')] }],
    ['code', { messages: [user('Write a Python function that counts words')] }],
    [
      'thoughts',
      { model: 'anthropic/claude-fable-5', messages: [user('Why is it dark at night?')] },
    ],
    ['hidden thoughts', { model: 'anthropic/claude-fable-5', reasoning: { exclude: true } }],
    ['a cut answer', { messages: [user('Write an essay about the sea')], max_tokens: 25 }],
    ['a picture', { model: 'google/gemini-2.5-flash-image', modalities: ['image', 'text'] }],
    ['a search', { model: `${PLAIN_MODEL}:online`, messages: [user('News about rivers')] }],
    ['a schema', { response_format: jsonSchema({ type: 'array', items: { type: 'integer' } }) }],
    ['a long prompt', { model: 'openai/gpt-5.6-sol', messages: [user('word '.repeat(273_000))] }],
    ['a router', { model: 'openrouter/auto', messages: [user('Compare tea and coffee')] }],
  ];

  it.each(requests)('says the same as JSON and as a stream: %s', async (_name, body) => {
    const whole = await chat(simulator, body);
    const streamed = await stream(simulator, body);

    const deltas = streamed.chunks.map(({ choices }) => choices?.[0]?.delta ?? {});
    expect(whole.status).toBe(200);
    expect(streamed.text).toBe(whole.text);
    expect(deltas.map(({ reasoning }) => reasoning ?? '').join('')).toBe(
      whole.message.reasoning ?? '',
    );
    expect(deltas.flatMap(({ images }) => images ?? [])).toEqual(whole.message.images ?? []);
    expect(streamed.last.usage).toEqual(whole.body.usage);
    expect(streamed.last.model).toBe(whole.body.model);
    expect(streamed.last.provider).toBe(whole.body.provider);
    expect(streamed.terminated).toBe(true);
  });

  it('answers the same again, and otherwise when the question or the model is another', async () => {
    const question = { messages: [user('Tell me about rivers')] };

    const first = await say(question);

    expect(await say(question)).toBe(first);
    expect(await say({ ...question, user: 'somebody', metadata: { a: 'b' } })).toBe(first);
    expect(await say({ messages: [user('Tell me about lakes')] })).not.toBe(first);
    expect(await say({ ...question, model: 'openai/gpt-4o' })).not.toBe(first);
    expect(await say({ ...question, temperature: 1.3 })).not.toBe(first);
  });
});

describe('the answer', () => {
  it('names the dated model and the provider that answered', async () => {
    const { body, headers } = await chat(simulator, { model: 'anthropic/claude-haiku-4.5' });

    expect(body).toMatchObject({
      object: 'chat.completion',
      created: NOW / 1000,
      model: 'anthropic/claude-4.5-haiku-20251001',
      provider: expect.stringMatching(/^(?:Anthropic|Amazon Bedrock|Google)$/),
      system_fingerprint: null,
      choices: [{ index: 0, finish_reason: 'stop', native_finish_reason: 'end_turn' }],
    });
    expect(body.id).toMatch(/^gen-\d+-[A-Za-z0-9]{20}$/);
    expect(headers.get('x-generation-id')).toBe(body.id);
  });

  it('keeps a catalogue variant in the name of the model', async () => {
    const { body } = await chat(simulator, { model: 'z-ai/glm-5.2:free' });

    expect(body.model).toBe('z-ai/glm-5.2-20260616:free');
    expect(body.usage?.cost).toBe(0);
  });

  it('stops at a stop sequence and leaves it out', async () => {
    const question = { messages: [user('Explain how tides work')] };
    const { text } = await chat(simulator, question);
    const stop = text.slice(40, 46);

    const stopped = await chat(simulator, { ...question, stop: [stop, 'never said'] });

    expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)));
    expect(stopped.finishReason).toBe('stop');
  });

  it('cuts the very same answer at max_tokens', async () => {
    const question = { messages: [user('Write an essay about the sea')] };
    const { text } = await chat(simulator, question);

    const cut = await chat(simulator, { ...question, max_completion_tokens: 20 });

    expect(text.startsWith(cut.text)).toBe(true);
    expect(cut.finishReason).toBe('length');
    expect(cut.body.usage?.completion_tokens).toBe(20);
  });
});

describe('a stream', () => {
  it('has comments, an empty first delta with the role, a finish, and usage once at the end', async () => {
    const { chunks, comments, headers, payloads } = await stream(simulator, 'Explain tides');

    const finishes = chunks.filter(({ choices }) => choices?.[0]?.finish_reason);
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(headers.get('x-generation-id')).toBe(chunks[0]?.id);
    expect(comments[0]).toBe('OPENROUTER PROCESSING');
    expect(chunks[0]?.choices?.[0]?.delta).toEqual({ role: 'assistant', content: '' });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.filter(({ usage }) => usage)).toEqual([chunks.at(-1)]);
    expect(finishes).toHaveLength(2);
    expect(chunks.at(-1)?.choices).toEqual(chunks.at(-2)?.choices);
    expect(payloads.at(-1)).toBe('[DONE]');
  });

  it('has no choices beside the usage in the documented form', async () => {
    const other = await startSimulator({ tokensPerSecond: Infinity, usageChunk: 'empty-choices' });
    const { last, chunks } = await stream(other, 'Say hi');
    await other.close();

    expect(last.choices).toEqual([]);
    expect(last.usage?.cost).toBeGreaterThan(0);
    expect(chunks.filter(({ choices }) => choices?.[0]?.finish_reason)).toHaveLength(1);
  });

  it('echoes the body for the provider when asked', async () => {
    const { chunks } = await stream(simulator, { debug: { echo_upstream_body: true } });

    expect(chunks[0]).toMatchObject({
      choices: [],
      debug: { echo_upstream_body: { model: PLAIN_MODEL, messages: [user('Say hi')] } },
    });
  });

  it('comes at the speed that is set, with comments while nothing comes', async () => {
    const slow = await startSimulator({ tokensPerSecond: 200, firstTokenMs: 60, keepAliveMs: 20 });
    const startedAt = performance.now();
    const { comments, last } = await stream(slow, {
      messages: [user('Explain tides')],
      max_tokens: 60,
    });
    const tookMs = performance.now() - startedAt;
    await slow.close();

    const expectedMs = 60 + ((last.usage?.completion_tokens ?? 0) * 1000) / 200;
    expect(comments.length).toBeGreaterThanOrEqual(3);
    expect(tookMs).toBeGreaterThan(expectedMs * 0.95);
    expect(tookMs).toBeLessThan(expectedMs + 500);
  });
});

describe('the bill', () => {
  it.each([
    PLAIN_MODEL,
    'google/gemini-3.1-pro-preview', // prices reasoning apart
    'deepseek/deepseek-v4-flash-vision-exp', // price depends on the hour
    'z-ai/glm-5.2:free',
  ])('is what the catalogue prices make of the counts: %s', async (model) => {
    const { body } = await chat(simulator, { model, messages: [user('Explain tides')] });

    const usage = body.usage as Usage;
    const cost = Number(computeCost(usage, await priceOf(model), new Date(NOW)));
    expect(usage.cost).toBe(cost);
    expect(usage.total_tokens).toBe((usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0));
    expect(usage.cost_details?.upstream_inference_cost).toBe(cost);
  });

  it('takes the higher price of a long prompt', async () => {
    const { body } = await chat(simulator, {
      model: 'openai/gpt-5.6-sol',
      messages: [user('word '.repeat(273_000))],
      max_tokens: 16,
    });

    expect(body.usage?.prompt_tokens).toBeGreaterThan(272_000);
    expect(body.usage?.cost).toBeGreaterThan(273_000 * 0.000004);
  });

  it('adds the price of a search', async () => {
    const { body, message } = await chat(simulator, {
      model: 'openai/gpt-5.4-mini',
      tools: [{ type: 'openrouter:web_search' }],
    });

    expect(body.usage).toMatchObject({ server_tool_use_details: { web_search_requests: 1 } });
    expect(
      (body.usage?.cost ?? 0) - (body.usage?.cost_details?.upstream_inference_cost ?? 0),
    ).toBeCloseTo(0.01, 10);
    expect(message['annotations']).toEqual([
      { type: 'url_citation', url_citation: expect.objectContaining({ url: expect.any(String) }) },
    ]);
  });

  it('charges a long prefix less the second time, where the provider caches by itself', async () => {
    const body = {
      model: PLAIN_MODEL,
      provider: { only: ['openai'] },
      messages: [{ role: 'system', content: 'rule '.repeat(2000) }, user('Say hi')],
    };

    const first = (await chat(simulator, body)).body.usage;
    const second = (await chat(simulator, body)).body.usage;
    now += 6 * 60_000;
    const late = (await chat(simulator, body)).body.usage;

    expect(first?.prompt_tokens_details).toMatchObject({ cached_tokens: 0 });
    expect(second?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(1024);
    expect(second?.cost).toBeLessThan(first?.cost ?? 0);
    expect(late).toEqual(first);
  });

  it('charges for writing to the cache where it is marked', async () => {
    const model = 'anthropic/claude-haiku-4.5';
    const provider = { only: ['anthropic'] };
    const text = 'rule '.repeat(2000);
    const marked = { type: 'text', text, cache_control: { type: 'ephemeral' } };
    const plain = await chat(simulator, { model, provider, messages: [user(text)] });

    const first = await chat(simulator, { model, provider, messages: [user([marked])] });
    const second = await chat(simulator, { model, provider, messages: [user([marked])] });

    const details = ({ body }: typeof first) => body.usage?.prompt_tokens_details;
    expect(details(plain)).toMatchObject({ cached_tokens: 0, cache_write_tokens: 0 });
    expect(details(first)?.cache_write_tokens).toBeGreaterThan(1024);
    expect(details(second)?.cached_tokens).toBe(details(first)?.cache_write_tokens);
    expect(details(second)?.cache_write_tokens).toBe(0);
  });
});

describe('response caching', () => {
  const headers = { 'X-OpenRouter-Cache': 'true', 'X-OpenRouter-Cache-TTL': '60abc' };
  it.each([false, true])('repeats an answer without a charge, streaming: %s', async (streams) => {
    const ask = async () => {
      if (streams) return stream(simulator, 'Explain tides', { headers });
      const answer = await chat(simulator, 'Explain tides', { headers });
      return { ...answer, last: answer.body };
    };
    const first = await ask();
    const spent = await readKeyUsage();
    now += 10_000;

    const second = await ask();

    expect(first.headers.get('x-openrouter-cache-status')).toBe('MISS');
    expect(Object.fromEntries(second.headers)).toMatchObject({
      'x-openrouter-cache-status': 'HIT',
      'x-openrouter-cache-ttl': '50',
      'x-openrouter-cache-age': '10',
      'x-openrouter-cache-source-id': first.last.id,
    });
    expect(second.text).toBe(first.text);
    expect(second.last.id).not.toBe(first.last.id);
    expect(second.last.usage).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, cost: 0 });
    expect(await readKeyUsage()).toBe(spent);
  });

  it('forgets after its time, is refreshed on demand, and does nothing unasked', async () => {
    const status = async (more: Record<string, string> = headers) =>
      (await chat(simulator, 'Say hi', { headers: more })).headers.get('x-openrouter-cache-status');

    expect(await status({})).toBeNull();
    expect(await status()).toBe('MISS');
    expect(await status()).toBe('HIT');
    expect(await status({ ...headers, 'X-OpenRouter-Cache-Clear': 'true' })).toBe('MISS');
    now += 60_000;
    expect(await status()).toBe('MISS');
  });

  it('keeps keys and bodies apart', async () => {
    await chat(simulator, 'Say hi', { headers });

    const otherBody = await chat(simulator, 'Say ho', { headers });
    const otherKey = await chat(simulator, 'Say hi', { headers, key: simulator.keys.guarded });

    expect(otherBody.headers.get('x-openrouter-cache-status')).toBe('MISS');
    expect(otherKey.headers.get('x-openrouter-cache-status')).toBe('MISS');
  });
});

function jsonSchema(schema: object): object {
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}

import { startSimulator, type Simulator } from '../index.ts';
import { chat, json, user } from '../testing/ask.ts';

const MANY = 'deepseek/deepseek-v4-flash-0731';
const MANY_SLUG = 'deepseek/deepseek-v4-flash-20260731';
const NO_THOUGHT = { reasoning: { effort: 'none' } };

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

interface ListedEndpoint {
  provider_name: string;
  tag: string;
  quantization: string;
  pricing: { prompt: string };
  throughput_last_30m: { p50: number };
  latency_last_30m: { p50: number };
}

const endpointsOf = async (id: string): Promise<ListedEndpoint[]> => {
  const path = `/models/${id}/endpoints`;
  const answer = await json<{ data: { endpoints: ListedEndpoint[] } }>(simulator, 'GET', path);
  return answer.body.data.endpoints;
};
const served = async (provider: object, model = MANY): Promise<unknown> =>
  (await chat(simulator, { model, provider, ...NO_THOUGHT })).body.provider;
const by = (rank: (endpoint: ListedEndpoint) => number) => (list: ListedEndpoint[]) =>
  list.toSorted((one, other) => rank(one) - rank(other))[0]?.provider_name;

describe('provider preferences', () => {
  it('go to the cheapest standard endpoint by default', async () => {
    expect(await served({})).toBe('DeepSeek');
  });

  it('follow an order, by slug or by full tag', async () => {
    const [, second, third] = await endpointsOf(MANY);

    expect(await served({ order: ['nope', third?.tag] })).toBe(third?.provider_name);
    expect(await served({ order: [second?.tag.split('/')[0]] })).toBe(second?.provider_name);
  });

  it('leave out what is ignored, and keep to what is allowed', async () => {
    const [, second] = await endpointsOf(MANY);

    expect(await served({ ignore: ['deepseek'] })).not.toBe('DeepSeek');
    expect(await served({ only: [second?.tag] })).toBe(second?.provider_name);
  });

  it('keep to providers that train on nothing, or keep nothing', async () => {
    const directory = new Set(
      (
        await json<{ data: { provider_name: string }[] }>(simulator, 'GET', '/endpoints/zdr')
      ).body.data.map(({ provider_name }) => provider_name),
    );

    expect(await served({ data_collection: 'deny' })).not.toBe('DeepSeek');
    expect(directory).toContain(await served({ zdr: true }));
  });

  it('keep to a quantization', async () => {
    const [, second] = await endpointsOf(MANY);
    const name = await served({ quantizations: [second?.quantization] });

    const fitting = (await endpointsOf(MANY)).filter(
      ({ quantization }) => quantization === second?.quantization,
    );
    expect(fitting.map(({ provider_name }) => provider_name)).toContain(name);
  });

  it('sort by price, throughput and latency', async () => {
    const all = await endpointsOf(MANY);

    expect(await served({ sort: 'price' })).toBe(by(({ pricing }) => Number(pricing.prompt))(all));
    expect(await served({ sort: 'throughput' })).toBe(
      by(({ throughput_last_30m }) => -throughput_last_30m.p50)(all),
    );
    expect(await served({ sort: { by: 'latency' } })).toBe(
      by(({ latency_last_30m }) => latency_last_30m.p50)(all),
    );
  });

  it('move endpoints that miss a preferred speed to the end, and keep them', async () => {
    const all = await endpointsOf(MANY);
    const first = all[0]?.throughput_last_30m.p50 ?? 0;
    const isFaster = all.some(({ throughput_last_30m }) => throughput_last_30m.p50 > first);

    const faster = await served({ preferred_min_throughput: first + 1 });
    const impossible = await served({ preferred_min_throughput: { p50: 100_000 } });

    expect(isFaster).toBe(true);
    expect(faster).not.toBe('DeepSeek');
    expect(impossible).toBe('DeepSeek');
  });

  it('charge by the endpoint that served', async () => {
    const [first, second] = await endpointsOf(MANY);
    const ask = { model: MANY, ...NO_THOUGHT };

    const cheap = await chat(simulator, { ...ask, provider: { only: [first?.tag] } });
    const dear = await chat(simulator, { ...ask, provider: { only: [second?.tag] } });

    expect(Number(second?.pricing.prompt)).toBeGreaterThan(Number(first?.pricing.prompt));
    expect(dear.body.usage?.cost).toBeGreaterThan(cheap.body.usage?.cost ?? Infinity);
  });

  it('sort the endpoints of all models together when asked', async () => {
    const body = {
      models: ['anthropic/claude-haiku-4.5', MANY],
      model: undefined,
      provider: { sort: { by: 'price', partition: 'none' } },
    };

    expect((await chat(simulator, { ...body, ...NO_THOUGHT })).body.model).toBe(MANY_SLUG);
  });

  const refusals: [name: string, body: Record<string, unknown>, step: string, message: RegExp][] = [
    [
      'an unknown provider',
      { provider: { only: ['nope'] } },
      'allowed_providers',
      /^No allowed providers/,
    ],
    [
      'a price too low',
      { provider: { max_price: { prompt: 0.001, completion: '0.001' } } },
      'max_price',
      /max price/,
    ],
    [
      'zero retention that nobody offers',
      { model: 'x-ai/grok-4.6', provider: { zdr: true } },
      'data_policy',
      /^0 endpoints out of 1 requested are available/,
    ],
    [
      'a quantization that nobody runs',
      { provider: { quantizations: ['int8'] } },
      'quantization',
      /quantization/,
    ],
    [
      'a picture for a model without eyes',
      {
        messages: [user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }])],
      },
      'input_modalities',
      /support image input/,
    ],
    [
      'tools for a model without hands',
      { model: 'tencent/hy-mt2-30b-a3b', tools: [{ type: 'function', function: { name: 'f' } }] },
      'tools',
      /^No endpoints found that support tool use/,
    ],
    [
      'parameters that nobody takes',
      { prediction: { type: 'content' }, provider: { require_parameters: true } },
      'require_parameters',
      /requested parameters/,
    ],
  ];
  it.each(refusals)('refuse %s with 404 and the funnel', async (_name, body, step, message) => {
    const answer = await chat(simulator, { model: MANY, ...body });

    expect(answer).toMatchObject({
      status: 404,
      error: {
        metadata: {
          failed_routing_step: step,
          routing_funnel: expect.arrayContaining([{ step, endpoint_count: 0 }]),
        },
        availability: { retryable: false, requested_models: [body['model'] ?? MANY] },
      },
    });
    expect(answer.error.message).toMatch(message);
  });

  it('name the data policy as the reason', async () => {
    const answer = await chat(simulator, { model: 'x-ai/grok-4.6', provider: { zdr: true } });

    expect(answer.error).toMatchObject({
      metadata: {
        input_endpoint_count: 1,
        ineligibility_reasons: [{ reason: 'data_policy:zdr', endpoint_count: 1 }],
      },
      availability: { code: 'privacy_restricted', excluded_by: ['data_policy:zdr'] },
    });
  });
});

it('keeps a conversation with one provider, turn after turn', async () => {
  const model = 'anthropic/claude-haiku-4.5'; // three providers at the same price
  const ask = async (first: string) => {
    const messages = [user(first)];
    const providers = new Set<unknown>();
    for (let turn = 0; turn < 5; turn += 1) {
      const { message, body } = await chat(simulator, { model, messages });
      providers.add(body.provider);
      messages.push({ role: 'assistant', content: message.content }, user(`And number ${turn}?`));
    }
    return [...providers];
  };
  const firsts = await Promise.all(['tea', 'milk', 'rain', 'snow', 'wind', 'sand'].map(ask));

  expect(firsts.every((providers) => providers.length === 1)).toBe(true);
  expect(new Set(firsts.flat()).size).toBeGreaterThan(1);
});

describe('a prompt longer than the context', () => {
  const body = { model: 'openai/gpt-4', messages: [user('word '.repeat(9000))], max_tokens: 16 };

  it('is refused with 400', async () => {
    expect(await chat(simulator, body)).toMatchObject({
      status: 400,
      error: { metadata: { error_type: 'context_length_exceeded' } },
    });
  });

  it('is shortened by the plugin for that', async () => {
    const answer = await chat(simulator, { ...body, plugins: [{ id: 'context-compression' }] });

    expect(answer.status).toBe(200);
    expect(answer.body.usage?.prompt_tokens).toBeLessThanOrEqual(8191);
  });
});

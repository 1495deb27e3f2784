import { startSimulator, type Simulator } from '../index.ts';
import { json } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

interface ListedModel {
  id: string;
  name: string;
  created: number;
  context_length: number;
  supported_parameters: string[];
  architecture: { input_modalities: string[]; output_modalities: string[] };
  pricing: { prompt: string; completion: string };
}
interface ModelList {
  data: ListedModel[];
  total_count: number;
  links: { next: string | null };
}
interface ListedEndpoint {
  model_id: string;
  provider_name: string;
  tag: string;
  quantization: string;
  context_length: number;
  pricing: { prompt: string; completion: string };
  latency_last_30m: object | null;
}

const list = async (query = '', path = '/models') =>
  (await json<ModelList>(simulator, 'GET', `${path}${query}`, { key: null })).body;
const find = async (id: string) =>
  (await json<{ data: { id: string } }>(simulator, 'GET', `/model/${id}`)).body.data.id;
const endpoints = (id: string, key: string | null = null) =>
  json<{ data: { id: string; endpoints: ListedEndpoint[] } }>(
    simulator,
    'GET',
    `/models/${id}/endpoints`,
    { key },
  );

describe('GET /models', () => {
  it('lists the whole catalogue, newest first, without a key', async () => {
    const { data, total_count, links } = await list();

    const days = data.map(({ created }) => created);
    expect(data).toHaveLength(421);
    expect(total_count).toBe(421);
    expect(links.next).toBeNull();
    expect(days).toEqual(days.toSorted((one, other) => other - one));
  });

  it('pages when asked to, with links that lead through everything', async () => {
    const all = await list();

    const ids: string[] = [];
    let next: string | null = '/api/v1/models?limit=200';
    while (next !== null) {
      const page: ModelList = await list(next.slice('/api/v1/models'.length));
      ids.push(...page.data.map(({ id }) => id));
      expect(page.total_count).toBe(421);
      next = page.links.next;
    }

    expect(ids).toEqual(all.data.map(({ id }) => id));
  });

  const filters: [query: string, holds: (model: ListedModel) => boolean][] = [
    ['?q=claude%20haiku', ({ name }) => /claude.*haiku/i.test(name)],
    ['?supported_parameters=tools,seed', (model) => model.supported_parameters.includes('seed')],
    ['?input_modalities=audio', (model) => model.architecture.input_modalities.includes('audio')],
    ['?output_modalities=image', (model) => model.architecture.output_modalities.includes('image')],
    ['?model_authors=anthropic', ({ id }) => /^~?anthropic\//.test(id)],
    ['?context=1000000', (model) => model.context_length >= 1_000_000],
    ['?min_price=1&max_price=2', ({ pricing }) => inRange(Number(pricing.prompt) * 1e6, 1, 2)],
    ['?max_output_price=0', ({ pricing }) => Number(pricing.completion) <= 0],
  ];
  it.each(filters)('filters by %s', async (query, holds) => {
    const { data, total_count } = await list(query);

    expect(data.length).toBeGreaterThan(0);
    expect(data.length).toBeLessThan(421);
    expect(data.every(holds)).toBe(true);
    expect(total_count).toBe(data.length);
    expect(await json(simulator, 'GET', `/models/count${query}`)).toMatchObject({
      body: { data: { count: data.length } },
    });
  });

  it('sorts by price, by context and by score', async () => {
    const cheap = await list('?sort=pricing-low-to-high');
    const wide = await list('?sort=context-high-to-low');

    const prices = cheap.data.map(({ pricing }) => Number(pricing.prompt));
    const sizes = wide.data.map(({ context_length }) => context_length);
    expect(prices).toEqual(prices.toSorted((one, other) => one - other));
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect((await list('?sort=coding-high-to-low')).data).toHaveLength(421);
    expect((await list('?sort=top-weekly')).data).toHaveLength(421);
  });

  it.each(['?limit=0', '?limit=1001', '?offset=-1', '?context=x', '?sort=best', '?max_price=x'])(
    'refuses %s with 400',
    async (query) => {
      expect((await json(simulator, 'GET', `/models${query}`)).status).toBe(400);
    },
  );
});

describe('GET /models/user', () => {
  it('needs a key, and leaves out what the key may not use', async () => {
    const keyless = await json(simulator, 'GET', '/models/user', { key: null });
    const own = await json<ModelList>(simulator, 'GET', '/models/user');
    const guarded = await json<ModelList>(simulator, 'GET', '/models/user', {
      key: simulator.keys.guarded,
    });

    expect(keyless.status).toBe(401);
    expect(own.body.data).toHaveLength(421);
    expect(guarded.body.data.some(({ id }) => id.startsWith('x-ai/'))).toBe(false);
    expect(guarded.body.data.map(({ id }) => id)).toContain('openai/gpt-4o-mini');
    expect(guarded.body.data.length).toBeLessThan(421);
  });
});

describe('GET /model/{author}/{slug}', () => {
  it('finds a model by id, by dated slug, by alias and by variant', async () => {
    expect(await find('openai/gpt-5-mini')).toBe('openai/gpt-5-mini');
    expect(await find('anthropic/claude-4.5-haiku-20251001')).toBe('anthropic/claude-haiku-4.5');
    expect(await find('~openai/gpt-latest')).toBe('~openai/gpt-latest');
    expect(await find('z-ai/glm-5.2:free')).toBe('z-ai/glm-5.2:free');
  });

  it('knows no unknown model and no unknown variant', async () => {
    expect((await json(simulator, 'GET', '/model/no/such')).status).toBe(404);
    expect((await json(simulator, 'GET', '/model/openai/gpt-5-mini:zzz')).status).toBe(404);
  });
});

describe('GET /models/{author}/{slug}/endpoints', () => {
  it('offers several providers, the first of them as the catalogue says', async () => {
    const { body } = await endpoints('deepseek/deepseek-v4-flash-0731');

    const [first, ...others] = body.data.endpoints;
    expect(first).toMatchObject({
      provider_name: 'DeepSeek',
      pricing: { prompt: '0.00000008', completion: '0.00000018' },
      context_length: 1048576,
    });
    expect(others.length).toBeGreaterThan(1);
    expect(others.every(({ pricing }) => Number(pricing.prompt) >= 0.00000008)).toBe(true);
  });

  it('says the same in every simulator', async () => {
    const other = await startSimulator({ port: 0 });
    const path = '/models/qwen/qwen3-max/endpoints';
    const answers = await Promise.all([json(simulator, 'GET', path), json(other, 'GET', path)]);
    await other.close();

    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  it('prices tiers apart, in exact decimals', async () => {
    const { body } = await endpoints('openai/gpt-5-mini');

    const byTag = Object.fromEntries(body.data.endpoints.map((one) => [one.tag, one.pricing]));
    expect(byTag['openai']).toMatchObject({ prompt: '0.00000025', completion: '0.000002' });
    expect(byTag['openai/priority']).toMatchObject({ prompt: '0.0000005', completion: '0.000004' });
    expect(byTag['openai/flex']).toMatchObject({ prompt: '0.000000125', completion: '0.000001' });
  });

  it('tells speeds only to callers with a key', async () => {
    const without = await endpoints('openai/gpt-5-mini');
    const having = await endpoints('openai/gpt-5-mini', simulator.keys.inference);

    expect(without.body.data.endpoints[0]?.latency_last_30m).toBeNull();
    expect(having.body.data.endpoints[0]?.latency_last_30m).toMatchObject({
      p50: expect.any(Number),
    });
  });

  it('answers an alias with the endpoints of its target', async () => {
    const { body } = await endpoints('~anthropic/claude-haiku-latest');

    expect(body.data.endpoints[0]?.model_id).toBe('anthropic/claude-haiku-4.5');
  });

  it('has nothing to route to for an unknown variant, a router, or an unknown model', async () => {
    expect((await endpoints('openai/gpt-5-mini:zzz')).body.data.endpoints).toEqual([]);
    expect((await endpoints('openrouter/auto')).body.data.endpoints).toEqual([]);
    expect((await endpoints('no/such')).status).toBe(404);
  });
});

it('lists as zero-retention only what its provider directory allows', async () => {
  const { body } = await json<{ data: ListedEndpoint[] }>(simulator, 'GET', '/endpoints/zdr');
  const directory = await json<{ data: { name: string; slug: string }[] }>(
    simulator,
    'GET',
    '/providers',
  );

  const names = new Set(directory.body.data.map(({ name }) => name));
  expect(body.data.length).toBeGreaterThan(100);
  expect(body.data.every(({ provider_name }) => names.has(provider_name))).toBe(true);
  expect(body.data.some(({ provider_name }) => provider_name === 'DeepSeek')).toBe(false);
});

function inRange(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

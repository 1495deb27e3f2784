import { OpenRouterClient } from '../client.ts';
import { silentLogger } from '../logger.ts';
import { useClosing } from '../testing/closing.ts';
import { aKey } from '../testing/keys.ts';
import { sendJson, startUpstream, type Upstream } from '../testing/upstream.ts';

const closing = useClosing();

const aModel = (id: string) => ({ id, name: id, pricing: { prompt: '0', completion: '0' } });

/** A client of an upstream whose catalogue has these pages, by path and query below `/api/v1`. */
async function withPages(pages: (upstream: Upstream) => Record<string, unknown>) {
  const warnings: [string, unknown][] = [];
  const upstream: Upstream = closing(
    await startUpstream(({ url }, response) => {
      const page = pages(upstream)[url.replace('/api/v1', '')];
      sendJson(response, page ?? { error: { code: 404, message: 'Not found' } }, page ? 200 : 404);
    }),
  );
  const logger = {
    ...silentLogger,
    warn: (message: string, fields?: unknown) => void warnings.push([message, fields]),
  };
  const client = closing(new OpenRouterClient(aKey(), { baseURL: upstream.url, logger }));
  return { upstream, client, warnings };
}

const page = (ids: string[], next?: string | null) => ({
  data: ids.map(aModel),
  ...(next !== undefined && { links: { next } }),
});

it('reads one page when there is no other', async () => {
  for (const next of [undefined, null, '']) {
    const { client } = await withPages(() => ({ '/models': page(['a/1', 'a/2'], next) }));

    expect((await client.getModels()).map(({ id }) => id)).toEqual(['a/1', 'a/2']);
  }
});

it.each([
  ['whole', (upstream: Upstream) => `${upstream.url}/models?offset=1`],
  ['from the root', () => '/api/v1/models?offset=1'],
  ['from the page', () => 'models?offset=1'],
  ['a query alone', () => '?offset=1'],
])('follows a link that is %s, in order and with the key', async (_form, link) => {
  const { client, upstream } = await withPages((self) => ({
    '/models': page(['a/1'], link(self)),
    '/models?offset=1': page(['a/2'], '/api/v1/models?offset=2'),
    '/models?offset=2': page(['a/3'], null),
  }));

  expect((await client.getModels()).map(({ id }) => id)).toEqual(['a/1', 'a/2', 'a/3']);
  expect(upstream.requests.map(({ headers }) => headers.authorization)).toEqual(
    Array.from({ length: 3 }, () => `Bearer ${aKey()}`),
  );
  expect(upstream.connections()).toBe(1);
});

it.each(['http://127.0.0.2:9/models', 'https://evil.test/', 'http://[', '//evil.test/models'])(
  'refuses to go on at %s, and takes the key nowhere',
  async (link) => {
    const { client, upstream } = await withPages(() => ({ '/models': page(['a/1'], link) }));

    await expect(client.getModels()).rejects.toMatchObject({ reason: 'malformed_response' });
    expect(upstream.requests).toHaveLength(1);
  },
);

it('comes to an end where the pages go round in a circle', async () => {
  const { client, upstream, warnings } = await withPages(() => ({
    '/models': page(['a/1'], '?offset=1'),
    '/models?offset=1': page(['a/2'], '/api/v1/models'),
  }));

  expect(await client.getModels()).toHaveLength(2);
  expect(upstream.requests).toHaveLength(2);
  expect(warnings).toEqual([['The pages of the model list have no end', { pages: 2 }]]);
});

it('comes to an end where the pages have none, and says so', async () => {
  let offset = 0;
  const upstream = closing(
    await startUpstream((_request, response) => {
      offset += 1;
      sendJson(response, page([`a/${offset}`], `?offset=${offset}`));
    }),
  );
  const client = closing(new OpenRouterClient(null, { baseURL: upstream.url }));

  expect(await client.getModels()).toHaveLength(50);
});

it('leaves out the entries that are no models, and counts them in the log', async () => {
  const { client, warnings } = await withPages(() => ({
    '/models': {
      data: [
        aModel('a/1'),
        { id: 'no name' },
        null,
        'a/2',
        { ...aModel('a/3'), pricing: {} },
        aModel('a/4'),
      ],
    },
  }));

  expect((await client.getModels()).map(({ id }) => id)).toEqual(['a/1', 'a/4']);
  expect(warnings).toEqual([['Left out catalogue entries that are no models', { dropped: 4 }]]);
});

it('takes a list that holds nothing but other things for no catalogue', async () => {
  const { client } = await withPages(() => ({ '/models': { data: [{ slug: 'a/1' }] } }));

  await expect(client.getModels()).rejects.toMatchObject({ reason: 'malformed_response' });
});

it('takes an empty list for what it is', async () => {
  const { client } = await withPages(() => ({ '/models': { data: [] } }));

  expect(await client.getModels()).toEqual([]);
});

it.each([[{}], [{ data: {} }], [[]], ['<html>']])('takes %j for no catalogue', async (body) => {
  const { client } = await withPages(() => ({ '/models': body }));

  await expect(client.getModels()).rejects.toMatchObject({ reason: 'malformed_response' });
});

it('fails as a whole when a later page does', async () => {
  const { client } = await withPages(() => ({ '/models': page(['a/1'], '?offset=9') }));

  await expect(client.getModels()).rejects.toMatchObject({ reason: 'not_found' });
});

it('keeps every field of a model', async () => {
  const model = { zeta: { a: [1] }, ...aModel('a/1'), benchmarks: null };
  const { client } = await withPages(() => ({ '/models': { data: [model] } }));

  expect(JSON.stringify(await client.getModels())).toBe(JSON.stringify([model]));
});

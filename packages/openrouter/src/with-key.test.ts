import { OpenRouterClient, type OpenRouterClientOptions } from './client.ts';
import { useClosing } from './testing/closing.ts';
import { aKey } from './testing/keys.ts';
import { aModel } from './testing/plan.ts';
import { sendJson, startUpstream, type Handler } from './testing/upstream.ts';

const closing = useClosing();
const request = { model: 'a/b', messages: [{ role: 'user' as const, content: 'Hi' }] };
const answer = {
  id: 'gen-1',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
};

async function connect(handler: Handler, options: OpenRouterClientOptions = {}) {
  const upstream = closing(await startUpstream(handler));
  const client = closing(
    new OpenRouterClient(aKey('a'), { baseURL: upstream.url, retry: { retries: 0 }, ...options }),
  );
  return { upstream, client };
}

const refuse: Handler = (_request, response) =>
  sendJson(response, { error: { code: 401, message: 'User not found.' } }, 401);

it('asks with its own key, over the connections that are there', async () => {
  const { upstream, client } = await connect((_request, response) => sendJson(response, answer));
  await client.chatCompletion(request);

  await client.withKey(aKey('f')).chatCompletion(request);

  expect(upstream.requests.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${aKey('a')}`,
    `Bearer ${aKey('f')}`,
  ]);
  expect(upstream.connections()).toBe(1);
});

it('is refused alone: no other key and no other provider is spent in its place', async () => {
  const elsewhere = closing(
    await startUpstream((_request, response) => sendJson(response, answer)),
  );
  const { upstream, client } = await connect(refuse, {
    managementKey: aKey('1'),
    moreKeys: [aKey('0')],
    directProviders: [
      { name: 'other', apiKey: null, baseURL: elsewhere.url, models: { 'a/b': 'b' } },
    ],
  });
  const theirs = client.withKey(aKey('f'));

  await expect(theirs.chatCompletion(request)).rejects.toMatchObject({ reason: 'key_invalid' });
  await expect(theirs.getCredits()).rejects.toMatchObject({ reason: 'key_invalid' });

  const sent = new Set(upstream.requests.map(({ headers }) => headers.authorization));
  expect([...sent]).toEqual([`Bearer ${aKey('f')}`]);
  expect(elsewhere.requests).toEqual([]);
});

it('rests and opens circuits for itself only', async () => {
  const broken: Handler = ({ headers }, response) =>
    headers.authorization === `Bearer ${aKey('f')}`
      ? sendJson(response, { error: { code: 502, message: 'Broken' } }, 502)
      : sendJson(response, answer);
  const { client } = await connect(broken, { circuit: { failures: 1 } });
  const theirs = client.withKey(aKey('f'));
  const others = client.withKey(aKey('1'));

  await expect(theirs.chatCompletion(request)).rejects.toMatchObject({ reason: 'provider_error' });

  expect(theirs.routeHealth().circuits).toHaveLength(1);
  expect(others.routeHealth().circuits).toEqual([]);
  expect(client.routeHealth().circuits).toEqual([]);
  expect(await others.chatCompletion(request)).toMatchObject(answer);
});

it('knows the models that the other has read, and not its money', async () => {
  const model = aModel('a/b', {
    pricing: { prompt: '0.001', completion: '0.001' },
    top_provider: { max_completion_tokens: 100_000 },
    supported_parameters: ['max_tokens'],
  });
  const { upstream, client } = await connect(({ url }, response) => {
    if (url.endsWith('/models')) return sendJson(response, { data: [model] });
    if (url.endsWith('/key')) return sendJson(response, { data: { limit: 1, limit_remaining: 1 } });
    return sendJson(response, answer);
  });
  await client.getModels();
  await client.getCredits();
  const theirs = client.withKey(aKey('f'));
  const asked = { ...request, temperature: 1 };

  await client.chatCompletion(asked);
  await theirs.chatCompletion(asked);

  const [mine, other] = upstream.requests
    .slice(-2)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(mine?.['max_tokens']).toBeLessThan(1_001);
  expect(other).toEqual(request); // Fitted to the model, and not to somebody else's balance.
});

it('closes nothing', async () => {
  const { client } = await connect((_request, response) => sendJson(response, answer));

  await client.withKey(aKey('f')).close();

  expect(await client.chatCompletion(request)).toMatchObject(answer);
});

it('cannot be made with what no header can carry', async () => {
  const { client } = await connect(refuse);

  expect(() => client.withKey('two words')).toThrow(
    expect.objectContaining({ reason: 'key_malformed' }),
  );
});

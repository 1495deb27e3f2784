import { OpenRouterClient } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import { createUserClients } from './user-clients.ts';
import type { UsableKey } from './user-key-service.ts';

const MINUTE_MS = 60_000;
const server = new OpenRouterClient(null, { baseURL: 'http://127.0.0.1:9/api/v1' });
afterAll(() => server.close());

/** Users with keys whose versions a test may change. */
function aPool(maxClients = 10) {
  const versions = new Map<string, string>();
  const clock = { ms: 0 };
  const read = async (userId: string): Promise<UsableKey> => {
    const version = versions.get(userId);
    if (version === undefined) throw new RequestError('key_missing', 'None.');
    return { version, secret: `sk-or-v1-${version}` };
  };
  const clients = createUserClients({ server, keys: { read }, now: () => clock.ms, maxClients });
  return { clients, versions, clock };
}

it('hands out the same client as long as the key is the same', async () => {
  const { clients, versions } = aPool();
  versions.set('ada', '1').set('ben', '1');

  const [ada, again, ben] = [
    await clients.clientFor('ada'),
    await clients.clientFor('ada'),
    await clients.clientFor('ben'),
  ];
  versions.set('ada', '2');

  expect(again).toBe(ada);
  expect(ben).not.toBe(ada);
  expect(await clients.clientFor('ada')).not.toBe(ada);
  expect(await clients.clientFor('ben')).toBe(ben);
});

it('makes one for those who ask at the same time', async () => {
  const { clients, versions } = aPool();
  versions.set('ada', '1');

  const made = await Promise.all(Array.from({ length: 5 }, () => clients.clientFor('ada')));

  expect(new Set(made).size).toBe(1);
});

it('lets go of a client whose key is gone, also when the key comes back', async () => {
  const { clients, versions } = aPool();
  versions.set('ada', '1');
  const first = await clients.clientFor('ada');

  versions.delete('ada');
  await expect(clients.clientFor('ada')).rejects.toMatchObject({ reason: 'key_missing' });
  versions.set('ada', '1');

  expect(await clients.clientFor('ada')).not.toBe(first);
});

it('lets go of a client when it is told to', async () => {
  const { clients, versions } = aPool();
  versions.set('ada', '1');
  const first = await clients.clientFor('ada');

  clients.forget('ada');
  clients.forget('nobody');

  expect(await clients.clientFor('ada')).not.toBe(first);
});

it('keeps no more than it may: the one that was not used for longest goes', async () => {
  const { clients, versions } = aPool(2);
  versions.set('ada', '1').set('ben', '1').set('eve', '1');
  const [ada, ben] = [await clients.clientFor('ada'), await clients.clientFor('ben')];
  await clients.clientFor('ada');

  await clients.clientFor('eve');

  expect(await clients.clientFor('ada')).toBe(ada);
  expect(await clients.clientFor('ben')).not.toBe(ben);
});

it('lets go of those that nobody asks for', async () => {
  const { clients, versions, clock } = aPool();
  versions.set('ada', '1').set('ben', '1');
  const [ada, ben] = [await clients.clientFor('ada'), await clients.clientFor('ben')];
  clock.ms += 20 * MINUTE_MS;
  expect(await clients.clientFor('ada')).toBe(ada);

  clock.ms += 10 * MINUTE_MS;
  clients.forgetIdle();

  expect(await clients.clientFor('ada')).toBe(ada);
  expect(await clients.clientFor('ben')).not.toBe(ben);
});

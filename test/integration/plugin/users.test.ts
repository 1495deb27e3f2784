import type { OpenRouterClient } from '@openrouter-native/openrouter';
import { RequestError, type UserClients } from '@openrouter-native/plugin';
import {
  creditsSchema,
  errorBodySchema,
  healthSchema,
  type ChatEvent,
} from '@openrouter-native/protocol';
import type { Simulator } from '@openrouter-native/simulator';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';
import { payloadsOf } from '../../support/outcome.ts';
import { until } from '../../support/wait.ts';

const MODEL = 'openai/gpt-5-mini';
const question = (stream = false) => ({
  model: MODEL,
  messages: [{ role: 'user' as const, content: 'Hi' }],
  stream,
});

let host: PluginHost;
/** Whose key is which; a test may change it while the host runs. */
let keys: Map<string, string>;

/** A host whose users say who they are in a header. */
function usersWith(client: OpenRouterClient): UserClients {
  const clients = new Map<string, OpenRouterClient>();
  return {
    userOf: (request) => request.get('x-user') ?? '',
    async clientFor(user) {
      const key = keys.get(user);
      if (key === undefined) throw new RequestError('key_missing', 'Store a key.');
      const known = clients.get(key) ?? client.withKey(key);
      clients.set(key, known);
      return known;
    },
  };
}

beforeEach(async () => {
  host = await startPluginHost({
    client: { circuit: { failures: 1, halfOpenAfterMs: 60_000 } },
    plugin: { mode: 'user_provided' },
    users(client, simulator) {
      keys = new Map([
        ['ada', simulator.keys.capped],
        ['ben', simulator.keys.free],
      ]);
      return usersWith(client);
    },
  });
});
afterEach(() => host.close());

const ask = (user: string, stream = false) =>
  host.post(question(stream), {
    headers: { 'Content-Type': 'application/json', 'X-User': user },
  });
const creditsOf = (user: string, query = '') =>
  fetch(`${host.url}/credits${query}`, { headers: { 'X-User': user } });
const reasonOf = async (response: Response) =>
  errorBodySchema.parse(await response.json()).error.reason;
const keysAt = (simulator: Simulator, path: string) =>
  simulator.requests
    .filter((one) => one.path.endsWith(path))
    .map(({ keyName }) => keyName ?? 'none');
const run = (user?: string) =>
  host.plugin.agentProvider.run(
    { provider: 'openrouter', model: MODEL, messages: [{ role: 'user', content: 'Hi' }] },
    user === undefined ? {} : { user },
  );

describe('a chat request', () => {
  it.each([false, true])('is asked with the key of its user only (stream: %s)', async (stream) => {
    const respond = stream ? { events: [chunk('Yes.'), ending, '[DONE]'] } : answer;
    host.simulator.script({ match: { path: '/chat/completions' }, times: 2, respond });

    const responses = await Promise.all([ask('ada', stream), ask('ben', stream)]);

    for (const response of responses) expect(await response.text()).toContain('Yes.');
    const asked = keysAt(host.simulator, '/chat/completions');
    expect(asked.toSorted()).toEqual(['capped', 'free']);
  });

  it('of a user without a key asks nobody, least of all the server', async () => {
    for (const stream of [false, true]) {
      const response = await ask('eve', stream);

      expect(response.status).toBe(401);
      expect(await reasonOf(response)).toBe('key_missing');
    }
    expect((await creditsOf('eve')).status).toBe(401);
    expect(keysAt(host.simulator, '/chat/completions')).toEqual([]);
    expect(keysAt(host.simulator, '/key')).toEqual([]);
  });

  it('tells the owner of a refused key what the owner can do', async () => {
    keys.set('ada', host.simulator.keys.disabled);

    const { error } = errorBodySchema.parse(await (await ask('ada')).json());

    expect(error.reason).toBe('key_disabled');
    keys.set('ada', `sk-or-v1-${'9'.repeat(64)}`);
    const { error: unknown } = errorBodySchema.parse(await (await ask('ada')).json());
    expect(unknown.reason).toBe('key_invalid');
    expect(unknown.action).toContain('Store another key');
    expect(unknown.action).not.toContain('OPENROUTER_API_KEY');
  });

  it('keeps its key to its end when it is taken away meanwhile', async () => {
    const finish = host.simulator.script({
      match: { path: '/chat/completions' },
      dripMs: 20,
      dripBytes: 40,
      respond: { events: [chunk('All '), chunk('is well.'), ending, '[DONE]'] },
    });

    const response = await ask('ada', true);
    keys.delete('ada');

    expect(payloadsOf(await response.text()).at(-1)).toBe('[DONE]');
    expect((await ask('ada')).status).toBe(401);
    finish();
  });
});

describe('what is remembered about a key', () => {
  it('opens no circuit for anybody else', async () => {
    const failing = host.simulator.script({
      match: { path: '/chat/completions' },
      times: Infinity,
      respond: { status: 502, body: { error: { code: 502, message: 'Broken' } } },
    });
    expect((await ask('ada')).status).toBe(502);
    const askedByAda = keysAt(host.simulator, '/chat/completions').length;
    expect((await ask('ada')).status).toBe(503); // Passed over: nobody was asked.
    expect(keysAt(host.simulator, '/chat/completions')).toHaveLength(askedByAda);
    failing();
    host.simulator.script({ match: { path: '/chat/completions' }, respond: answer });

    const response = await ask('ben');

    expect(response.status).toBe(200);
    expect(keysAt(host.simulator, '/chat/completions').at(-1)).toBe('free');
  });

  it('is no news for everybody: health tells of outages only', async () => {
    await until(() => host.plugin.health().status === 'healthy');
    keys.set('ada', host.simulator.keys.disabled);
    expect((await ask('ada')).status).toBe(401);

    const health = healthSchema.parse(await (await fetch(`${host.url}/health`)).json());

    expect(health).toMatchObject({
      status: 'healthy',
      provider: { mode: 'user_provided' },
      credits: { known: false },
      upstream: { reachable: true, last_error_reason: null },
      routes: { resting: 0, open_circuits: 0 },
    });
  });
});

describe('credits', () => {
  it('are those of the one who asks, each cached by itself', async () => {
    const [ada, ben] = await Promise.all([creditsOf('ada'), creditsOf('ben')]);
    const again = await creditsOf('ada');

    expect(creditsSchema.parse(await ada.json())).toMatchObject({ limit: 1, source: 'key' });
    expect(creditsSchema.parse(await ben.json())).toMatchObject({
      limit: null,
      is_free_tier: true,
    });
    expect(again.headers.get('x-cache')).toBe('HIT');
    expect(keysAt(host.simulator, '/key').toSorted()).toEqual(['capped', 'free']);
  });

  it('start afresh with another key', async () => {
    await creditsOf('ada');
    keys.set('ada', host.simulator.keys.inference);

    const response = await creditsOf('ada');

    expect(response.headers.get('x-cache')).toBe('MISS');
    expect(creditsSchema.parse(await response.json())).toMatchObject({ limit: null, usage: 6.75 });
  });

  it('are renewed by one without asking for the other', async () => {
    await creditsOf('ada');
    await creditsOf('ben');

    await creditsOf('ada', '?force=true');

    expect(keysAt(host.simulator, '/key')).toEqual(['capped', 'free', 'capped']);
  });
});

describe('an agent', () => {
  it('spends the key of the user it runs for', async () => {
    host.simulator.script({
      match: { path: '/chat/completions' },
      respond: { events: [chunk('Yes.'), ending, '[DONE]'] },
    });

    const events: ChatEvent[] = [];
    for await (const event of run('ben')) events.push(event);

    expect(events.at(-1)).toMatchObject({ type: 'finish', ending: 'complete' });
    expect(keysAt(host.simulator, '/chat/completions')).toEqual(['free']);
  });

  it('runs for nobody without a key', async () => {
    await expect(run()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      reason: 'key_missing',
    });
    expect(keysAt(host.simulator, '/chat/completions')).toEqual([]);
  });
});

const chunk = (content: string) =>
  JSON.stringify({ id: 'gen-1', model: MODEL, choices: [{ index: 0, delta: { content } }] });
const ending = JSON.stringify({
  id: 'gen-1',
  model: MODEL,
  choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
});
const answer = {
  body: {
    id: 'gen-1',
    model: MODEL,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Yes.' } }],
  },
};

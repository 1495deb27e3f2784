import { healthSchema, traceSchema } from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { outcomeOf } from '../../support/outcome.ts';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';
import {
  aStream,
  answerWell,
  beginEvents,
  startWireUpstream,
  toBytes,
  type Wire,
  type WireUpstream,
} from '../../support/wire-upstream.ts';

const open: { close(): Promise<unknown> }[] = [];
const closing = <T extends { close(): Promise<unknown> }>(closable: T): T => {
  open.push(closable);
  return closable;
};
afterEach(async () => {
  for (const closable of open.splice(0).toReversed()) await closable.close();
});

const question = {
  model: 'openai/gpt-5-mini',
  messages: [{ role: 'user', content: 'Name three rivers.' }],
};
const health = async (host: PluginHost) =>
  healthSchema.parse(await (await fetch(`${host.url}/health`)).json());
const traceIn = (body: { openrouter_native?: unknown }) =>
  traceSchema.parse(body.openrouter_native);

/** The first key of the pool is revoked, the second works. */
async function startPool(): Promise<PluginHost> {
  const simulator: Simulator = closing(await startSimulator({ tokensPerSecond: Infinity }));
  const host = closing(
    await startPluginHost({
      apiKey: simulator.keys.disabled,
      client: { baseURL: simulator.url, moreKeys: [simulator.keys.inference] },
    }),
  );
  await fetch(`${host.url}/models`);
  return host;
}

describe('a pool of keys', () => {
  it('answers with the second key when the first is revoked, and rests the first', async () => {
    const host = await startPool();

    const first = traceIn(await (await host.post(question)).json());
    const second = traceIn(await (await host.post(question)).json());

    expect(first.attempts).toMatchObject([
      { route: 'openrouter', status: 401, reason: 'key_disabled' },
      { route: 'openrouter-2', status: 200, reason: null },
    ]);
    expect(second.attempts).toMatchObject([{ route: 'openrouter-2', status: 200 }]);
    expect((await health(host)).routes).toEqual({ resting: 1, open_circuits: 0 });
  });

  it('streams with the second key as well', async () => {
    const host = await startPool();

    const response = await host.post({ ...question, stream: true });

    expect(response.headers.get('x-openrouter-attempts')).toBe('2');
    expect(await outcomeOf(response)).toMatch(/ stop, openai\/gpt-5-mini/);
  });

  it('is not shaken by the mistakes of users', async () => {
    const host = await startPool();
    await host.post(question);
    const before = await health(host);

    for (const mistake of [
      { model: 'no/such-model' },
      { messages: [] },
      { provider: { user_keys: {} } },
      { fallbacks: 'no-such-preset' },
    ]) {
      for (let time = 0; time < 6; time += 1) {
        expect((await host.post({ ...question, ...mistake })).status).toBe(400);
      }
    }
    const after = await health(host);

    expect(after.routes).toEqual(before.routes);
    expect(after.upstream.reachable).toBe(true);
    expect(after.status).toBe('healthy');
    expect((await host.post(question)).status).toBe(200);
  });
});

describe('a direct provider', () => {
  let groq: WireUpstream;

  /** OpenRouter is down, unless it has a wire. */
  async function startBeside({
    openRouterWire,
    groqWire = answerWell,
  }: { openRouterWire?: Wire; groqWire?: Wire } = {}) {
    const openRouter = closing(await startWireUpstream(() => openRouterWire ?? answerWell));
    groq = closing(await startWireUpstream(() => groqWire));
    const host = closing(
      await startPluginHost({
        client: {
          baseURL: openRouter.url,
          circuit: { failures: 2 },
          directProviders: [
            {
              name: 'groq',
              apiKey: null,
              baseURL: groq.url,
              models: { [question.model]: 'own-name' },
            },
          ],
        },
      }),
    );
    if (!openRouterWire) await openRouter.down();
    return host;
  }

  it.each([false, true])('answers when OpenRouter is down, stream: %s', async (stream) => {
    const host = await startBeside();

    const outcome = await outcomeOf(await host.post({ ...question, stream }));

    expect(outcome).toBe('"All is well." stop, own-name');
  });

  it('gets its own name of the model, and no field that is only for OpenRouter', async () => {
    const host = await startBeside();

    const body = await (
      await host.post({
        ...question,
        temperature: 0.5,
        provider: { sort: 'price' },
        reasoning: { effort: 'low' },
        transforms: ['middle-out'],
        session_id: 's',
        fallbacks: 'none',
      })
    ).json();

    expect(groq.requests).toEqual([
      {
        model: 'own-name',
        messages: question.messages,
        temperature: 0.5,
        reasoning_effort: 'low',
        stream: false,
      },
    ]);
    expect(traceIn(body).attempts).toMatchObject([
      { route: 'openrouter', reason: 'upstream_unreachable' },
      { route: 'groq', provider: 'groq', model: 'own-name', status: 200 },
    ]);
  });

  it.each([
    { provider: { zdr: true } },
    { provider: { max_price: { prompt: 1 } } },
    { provider: { only: ['openai'] } },
    { provider: { data_collection: 'deny' } },
    { plugins: [{ id: 'file-parser' }] },
    { model: 'openai/gpt-5' },
  ])('is not asked for %j', async (rest) => {
    const host = await startBeside();

    const response = await host.post({ ...question, ...rest });

    expect(response.status).toBe(503);
    expect(groq.requests).toEqual([]);
  });

  it('with a key that is refused is rested, which is no trouble of OpenRouter', async () => {
    const host = await startBeside({ groqWire: refusing(401, 'Invalid API Key') });

    const { error } = await (await host.post(question)).json();

    expect(error.reason).toBe('upstream_unreachable');
    expect(error.metadata.attempts).toMatchObject([
      { route: 'openrouter', reason: 'upstream_unreachable' },
      { route: 'groq', provider: 'groq', status: 401, reason: 'key_invalid' },
    ]);
    expect((await health(host)).routes.resting).toBe(1);
  });

  it('speaks for itself when it refuses what OpenRouter could not be asked', async () => {
    const host = await startBeside({
      openRouterWire: refusing(401, 'User not found.'),
      groqWire: refusing(400, 'max_tokens is too large'),
    });

    const response = await host.post(question);

    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatchObject({
      message: 'groq: max_tokens is too large',
      metadata: { provider_name: 'groq' },
    });
  });

  it('is asked at once when OpenRouter has failed several times in a row', async () => {
    const host = await startBeside();
    await host.post(question);
    await host.post(question);

    const trace = traceIn(await (await host.post(question)).json());

    expect(trace.attempts).toMatchObject([
      { route: 'openrouter', status: null, reason: 'circuit_open' },
      { route: 'groq', status: 200 },
    ]);
    expect((await health(host)).routes).toEqual({ resting: 0, open_circuits: 1 });
  });

  it('may leave out the name of the provider, and the usage', async () => {
    const host = await startBeside({
      groqWire: ({ model, response }) => {
        beginEvents(response);
        const [first = '', finish = ''] = aStream(model, 'All is well.');
        response.end(toBytes([first, finish, '[DONE]']));
      },
    });

    const outcome = await outcomeOf(await host.post({ ...question, stream: true }));

    expect(outcome).toBe('"All is well." stop, own-name');
  });

  it('that forgets to say that it has ended is not believed to have', async () => {
    const host = await startBeside({
      groqWire: ({ model, response }) => {
        beginEvents(response);
        response.end(toBytes(aStream(model, 'All is well.').slice(0, -1)));
      },
    });

    const outcome = await outcomeOf(await host.post({ ...question, stream: true }));

    expect(outcome).toBe('"All is well." stream_cut');
  });
});

function refusing(status: number, message: string): Wire {
  return ({ response }) => response.writeHead(status).end(JSON.stringify({ error: { message } }));
}

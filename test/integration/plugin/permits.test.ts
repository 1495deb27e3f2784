import {
  createAllowedModels,
  RequestError,
  type Admission,
  type ChatOutcome,
  type Permit,
} from '@openrouter-native/plugin';
import {
  chatCompletionSchema,
  errorBodySchema,
  modelsResponseSchema,
} from '@openrouter-native/protocol';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';
import { payloadsOf } from '../../support/outcome.ts';
import { until } from '../../support/wait.ts';

const MODEL = 'openai/gpt-5-mini';
const question = (fields: object = {}) => ({
  model: MODEL,
  messages: [{ role: 'user', content: 'Name three rivers.' }],
  ...fields,
});

let host: PluginHost;
/** What everybody may do; a test may change it while the host runs. */
let permit: Permit;

beforeAll(async () => {
  host = await startPluginHost({
    client: { fallbacks: { default: ['google/gemini-2.5-flash', 'openai/gpt-4.1-nano'] } },
    plugin: { permitOf: () => permit },
  });
});
afterAll(() => host.close());

const get = (path: string) => fetch(`${host.url}${path}`);
const errorOf = async (response: Response) => errorBodySchema.parse(await response.json()).error;
const asked = () =>
  host.simulator.requests.filter(({ path }) => path.endsWith('/chat/completions'));
const idsOf = async (path: string) =>
  modelsResponseSchema.parse(await (await get(path)).json()).data.map(({ id }) => id);

describe('scopes', () => {
  const routes = {
    models: () => get('/models'),
    'models, for endpoints': () => get(`/models/${MODEL}/endpoints`),
    credits: () => get('/credits'),
    chat: () => host.post(question()),
  };

  it.each(Object.entries(routes))('open %s, and nothing else', async (name, ask) => {
    const scope = name.split(',')[0] as 'models' | 'credits' | 'chat';
    const others = (['models', 'credits', 'chat'] as const).filter((other) => other !== scope);
    permit = { scopes: [scope] };
    expect((await ask()).status).toBe(200);

    permit = { scopes: others };
    const response = await ask();

    expect(response.status).toBe(403);
    expect(await errorOf(response)).toMatchObject({
      reason: 'permission_denied',
      message: `This needs the scope ${scope}, which is missing.`,
      metadata: { scope, scopes: others },
    });
  });

  it('do not close what is public', async () => {
    permit = { scopes: [] };

    expect((await get('/health')).status).toBe(200);
  });
});

describe('models', () => {
  beforeEach(() => {
    permit = { models: createAllowedModels(['openai/gpt-5*', '*:free', 'openai/gpt-4.1-nano']) };
  });

  it('narrow the list, also that of models nobody keeps anything of', async () => {
    const ids = await idsOf('/models');
    const zdr = await idsOf('/models?zdr=true');

    expect(ids).toContain(MODEL);
    expect(ids.every((id) => /^openai\/gpt-5|:free$|^openai\/gpt-4.1-nano$/.test(id))).toBe(true);
    expect(zdr.length).toBeGreaterThan(0);
    expect(ids).toEqual(expect.arrayContaining(zdr));
  });

  it('hide the endpoints of others', async () => {
    const response = await get('/models/google/gemini-2.5-flash/endpoints');

    expect(response.status).toBe(404);
    expect((await errorOf(response)).reason).toBe('not_found');
  });

  it.each([
    [{ model: 'google/gemini-2.5-flash' }],
    [{ model: 'google/gemini-2.5-flash:nitro' }],
    [{ models: ['google/gemini-2.5-flash'] }],
    [{ models: [`${MODEL}:floor`, 'anthropic/claude-haiku-4.5'] }],
    [{ model: undefined }],
    [{ preset: 'mine' }],
    [{ plugins: [{ id: 'fusion' }] }],
  ])('refuse %j before anybody is asked', async (fields) => {
    const before = asked().length;

    const response = await host.post(question(fields));

    expect(response.status).toBe(403);
    expect((await errorOf(response)).reason).toBe('model_not_allowed');
    expect(asked()).toHaveLength(before);
  });

  it('let variants of allowed models pass, and narrow the fallbacks of the server', async () => {
    const response = await host.post(question({ model: `${MODEL}:floor` }));

    expect(response.status).toBe(200);
    expect(asked().at(-1)?.body).toMatchObject({
      model: `${MODEL}:floor`,
      models: ['openai/gpt-4.1-nano'], // Of the two that the server falls back to.
    });
  });
});

describe('admission', () => {
  let outcomes: ChatOutcome[];
  const admitAs = (admission: Partial<Admission> = {}): Permit => ({
    admit: async (request) => ({
      request,
      settle: async (outcome) => void outcomes.push(outcome),
      ...admission,
    }),
  });
  beforeEach(() => {
    outcomes = [];
    permit = admitAs();
  });

  it('refuses in words of its own, without asking upstream', async () => {
    permit = {
      admit: async () => {
        throw new RequestError('key_limit_exceeded', 'Enough for this month.');
      },
    };
    const before = asked().length;

    const response = await host.post(question({ stream: true }));

    expect(response.status).toBe(402);
    expect((await errorOf(response)).message).toBe('Enough for this month.');
    expect(asked()).toHaveLength(before);
  });

  it('is not asked about requests that are refused anyway', async () => {
    permit = { ...admitAs(), models: createAllowedModels(['x/*']) };

    expect((await host.post(question())).status).toBe(403);
    expect(outcomes).toEqual([]);
  });

  it('has another request sent, and learns what the answer cost before its reader has it', async () => {
    permit = admitAs({ request: { ...question(), max_tokens: 7 } as Admission['request'] });

    const completion = chatCompletionSchema.parse(await (await host.post(question())).json());

    expect(asked().at(-1)?.body).toMatchObject({ max_tokens: 7 });
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]?.usage?.cost).toBe(completion.usage?.cost);
    expect(outcomes[0]?.trace?.attempts.at(-1)).toMatchObject({ reason: null });
    expect(outcomes[0]?.generationId).toBe(completion.id);
  });

  it('learns the same of a stream, before its terminator', async () => {
    let isOver = false;
    permit = admitAs({
      async settle(outcome) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        isOver = true;
        outcomes.push(outcome);
      },
    });

    const response = await host.post(question({ stream: true }));
    const sent = payloadsOf(await response.text());

    expect(sent.at(-1)).toBe('[DONE]');
    expect(isOver).toBe(true);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]?.usage?.cost).toBeGreaterThan(0);
    expect(outcomes[0]?.generationId).toBe(response.headers.get('x-generation-id'));
  });

  it.each([false, true])('learns which calls came to nothing, streaming %s', async (stream) => {
    const takeBack = host.simulator.script({
      match: { path: '/chat/completions' },
      respond: { status: 400, body: { error: { code: 400, message: 'No.' } } },
    });

    const response = await host.post(question({ stream }));
    takeBack();

    expect(response.status).toBe(400);
    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({ usage: null, generationId: null });
    expect(outcomes[0]?.trace?.attempts[0]).toMatchObject({ status: 400 });
  });

  it('learns of an answer that was given up before it began, by its id', async () => {
    const headers = { 'Content-Type': 'text/event-stream', 'X-Generation-Id': 'gen-given-up' };
    const match = { path: '/chat/completions' };
    // Nobody hears when the headers have come: the last wait is for the busiest of machines.
    for (const waitMs of [50, 500, 5_000]) {
      outcomes = [];
      host.simulator.script({ match, stall: 'body', respond: { headers } });
      const leaving = new AbortController();
      const before = asked().length;
      const given = host.post(question({ stream: true }), { signal: leaving.signal, headers: { 'Content-Type': 'application/json' } }); // prettier-ignore
      await until(() => asked().length > before);
      await new Promise((resolve) => setTimeout(resolve, waitMs));

      leaving.abort();
      await expect(given).rejects.toThrow();
      await until(() => outcomes.length > 0);
      if (outcomes[0]?.generationId !== null) break;
    }

    expect(outcomes).toEqual([{ usage: null, trace: null, generationId: 'gen-given-up' }]);
  });

  it('learns of an answer whose reader left, by its id', async () => {
    const takeBack = host.simulator.script({
      match: { path: '/chat/completions' },
      dripMs: 20,
      dripBytes: 200,
    });
    const leaving = new AbortController();
    const response = await host.post(question({ stream: true }), { signal: leaving.signal, headers: { 'Content-Type': 'application/json' } }); // prettier-ignore
    const reader = response.body?.getReader();
    await reader?.read();

    leaving.abort();
    await until(() => outcomes.length > 0);
    takeBack();

    expect(outcomes).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({
      usage: null,
      generationId: response.headers.get('x-generation-id'),
      trace: { attempts: [{ reason: null }] },
    });
  });
});

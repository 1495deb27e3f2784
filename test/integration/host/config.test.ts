import {
  errorBodySchema,
  healthSchema,
  hostConfigSchema,
  hostEndpointsSchema,
  providerStatusSchema,
} from '@openrouter-native/protocol';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;

function getter(host: TestApp, token?: string) {
  return (path: string) => {
    const call = request(host.url).get(`/api/${path}`);
    return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
  };
}

describe('a host with a key', () => {
  let host: TestApp;
  let get: ReturnType<typeof getter>;
  beforeAll(async () => {
    host = await createTestApp({
      environment: {
        APP_TITLE: 'Team Chat',
        OPENROUTER_MANAGEMENT_KEY: `"${aKey('a')}"`,
        OPENROUTER_FALLBACKS_CODE: 'qwen/qwen3-coder,openai/gpt-5-mini',
      },
    });
    get = getter(host, (await host.signUp()).token);
  });

  it('tells the page what it needs before anyone signs in', async () => {
    const response = await request(host.url).get('/api/config');

    expect(response.status).toBe(200);
    expect(hostConfigSchema.parse(response.body)).toEqual({
      appTitle: 'Team Chat',
      serverDomain: host.url,
      emailLoginEnabled: true,
      registrationEnabled: true,
      socialLogins: [],
      socialLoginEnabled: false,
      passwordResetEnabled: false,
      emailEnabled: false,
      interface: {},
      openrouter: { configured: true, mode: 'live' },
      setup: false,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('offers OpenRouter in the provider menu, with the fallbacks that can be named', async () => {
    const response = await get('endpoints');

    expect(hostEndpointsSchema.parse(response.body)).toEqual({
      openrouter: {
        order: 0,
        userProvide: false,
        modelDisplayLabel: 'OpenRouter',
        fallbacks: { code: ['qwen/qwen3-coder', 'openai/gpt-5-mini'] },
      },
      agents: {
        order: 1,
        userProvide: false,
        disableBuilder: false,
        capabilities: ['tools'],
        allowedProviders: ['openrouter'],
      },
    });
  });

  it('lists the ids of all models, in upstream order', async () => {
    const response = await get('models');
    const catalogue = await get('openrouter/models');

    const ids = catalogue.body.data.map(({ id }: { id: string }) => id);
    expect(ids).toHaveLength(421);
    expect(response.body).toEqual({ openrouter: ids });
  });

  it('tells context and prices per million tokens', async () => {
    const response = await get('endpoints/token-config');
    const catalogue = await get('openrouter/models');

    const prices = response.body.openrouter as Record<string, Record<string, number>>;
    expect(Object.keys(prices)).toHaveLength(421);
    const model = catalogue.body.data.find(
      ({ pricing }: { pricing: Record<string, string> }) => pricing.input_cache_read !== undefined,
    );
    expect(prices[model.id]).toMatchObject({
      context: model.context_length,
      prompt: expect.closeTo(Number(model.pricing.prompt) * 1e6, 9),
      completion: expect.closeTo(Number(model.pricing.completion) * 1e6, 9),
      cacheRead: expect.closeTo(Number(model.pricing.input_cache_read) * 1e6, 9),
    });
    expect(prices['openrouter/auto']).not.toHaveProperty('prompt'); // It depends on the choice.
  });

  it('shows the state of the provider to admins only', async () => {
    const admin = await get('admin/openrouter');
    const { token } = await host.signUp('user@example.com');
    const user = await getter(host, token)('admin/openrouter');

    expect(providerStatusSchema.parse(admin.body)).toMatchObject({
      configured: true,
      mode: 'live',
      problem: null,
      warnings: expect.arrayContaining([
        expect.stringMatching(/^OPENROUTER_MANAGEMENT_KEY had quotation marks/),
      ]),
      health: { provider: { configured: true, mode: 'live' } },
      base_url_host: new URL(host.simulator.url).host,
      has_management_key: true,
      allowed_models: null,
      title_model: null,
      accounts: { count: 1, registration_open: true },
      limits: { running_answers: 2, file_megabytes: 25 },
      mcp_servers: [],
    });
    expect(JSON.stringify(admin.body)).not.toContain('sk-or-');
    expect(user.status).toBe(403);
    expect(errorBodySchema.parse(user.body).error.reason).toBe('admin_required');
    expect(user.body.message).toBe('Only an admin may see this.');
  });
});

describe('a host whose key cannot be one', () => {
  const PLANTED = 'hunter2hunter2';
  let host: TestApp;
  let token: string;
  let get: ReturnType<typeof getter>;
  beforeAll(async () => {
    host = await createTestApp({ environment: { OPENROUTER_API_KEY: PLANTED } });
    ({ token } = await host.signUp());
    get = getter(host, token);
  });

  it('runs without the provider', async () => {
    const [config, endpoints, models, prices] = await Promise.all([
      get('config'),
      get('endpoints'),
      get('models'),
      get('endpoints/token-config'),
    ]);

    expect(config.body.openrouter).toEqual({ configured: false, mode: null });
    expect(endpoints.body).not.toHaveProperty('openrouter');
    expect(endpoints.body.agents.allowedProviders).toEqual([]);
    expect(models.body).toEqual({});
    expect(prices.body).toEqual({});
  });

  it('tells an admin what is wrong and what to do', async () => {
    const response = await get('admin/openrouter');

    expect(providerStatusSchema.parse(response.body)).toMatchObject({
      configured: false,
      mode: null,
      problem: {
        variable: 'OPENROUTER_API_KEY',
        message: 'OPENROUTER_API_KEY is not an OpenRouter key: it does not start with sk-or-.',
        action: expect.stringContaining('https://openrouter.ai/settings/keys'),
      },
      warnings: [],
      health: null,
      base_url_host: null,
    });
  });

  it('answers 503 on every route of the provider, and says why', async () => {
    const models = await get('openrouter/models');
    const chat = await request(host.url)
      .post('/api/openrouter/chat/completions')
      .set('Authorization', `Bearer ${token}`)
      .send({ model: 'a/b', messages: [{ role: 'user', content: 'Hi' }] });

    for (const response of [models, chat]) {
      expect(response.status).toBe(503);
      expect(errorBodySchema.parse(response.body).error).toMatchObject({
        reason: 'key_malformed',
        request_id: response.get('X-Request-Id'),
      });
    }
    expect((await getter(host)('openrouter/models')).status).toBe(401);
  });

  it('describes the routes all the same', async () => {
    const response = await getter(host)('openrouter/openapi.json');

    expect(response.status).toBe(200);
    expect(Object.keys((response.body as { paths: object }).paths)).toContain('/doctor');
  });

  it('is unhealthy in public, without saying more than it should', async () => {
    const response = await getter(host)('openrouter/health');

    expect(response.status).toBe(503);
    expect(healthSchema.parse(response.body)).toMatchObject({
      status: 'unhealthy',
      provider: { configured: false },
      upstream: { last_error_reason: 'key_malformed' },
    });
  });

  it('refuses agents that ask for the provider', () => {
    expect(() =>
      host.agentService.run({ provider: 'openrouter', model: 'a/b', messages: [] }),
    ).toThrow('There is no provider "openrouter" (available: none).');
  });

  it('never repeats what was set instead of a key', async () => {
    const answers = [
      await get('admin/openrouter'),
      await get('config'),
      await get('openrouter/models'),
    ];

    expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('hunter2');
    expect(host.logText()).not.toContain('hunter2');
  });
});

describe('a host whose users bring their keys', () => {
  let host: TestApp;
  beforeAll(async () => {
    host = await createTestApp({ environment: { OPENROUTER_API_KEY: 'user_provided' } });
  });

  it('offers the provider and its models, and asks for a key when someone chats', async () => {
    const { token } = await host.signUp();
    const get = getter(host, token);

    const [config, endpoints, models, health] = await Promise.all([
      get('config'),
      get('endpoints'),
      get('models'),
      get('openrouter/health'),
    ]);
    const credits = await get('openrouter/credits');
    const chat = (stream: boolean) =>
      request(host.url)
        .post('/api/openrouter/chat/completions')
        .set('Authorization', `Bearer ${token}`)
        .send({ model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Hi' }], stream });

    expect(config.body.openrouter).toEqual({ configured: true, mode: 'user_provided' });
    expect(endpoints.body.openrouter.userProvide).toBe(true);
    expect(models.body.openrouter).toHaveLength(421);
    expect(health.body.provider).toEqual({ configured: true, mode: 'user_provided' });
    for (const response of [credits, await chat(true), await chat(false)]) {
      expect(response.status).toBe(401);
      expect(errorBodySchema.parse(response.body).error.reason).toBe('key_missing');
    }
  });
});

describe('a host with a librechat.yaml', () => {
  it('hands the page its part, and limits what agents may use', async () => {
    const host = await createTestApp({
      prepare: (directory) =>
        writeFileSync(
          join(directory, 'librechat.yaml'),
          `
interface: { modelSelect: false, customWelcome: Hello }
modelSpecs: { list: [{ name: fast, label: Fast, preset: { endpoint: openrouter } }] }
endpoints:
  agents: { disableBuilder: true, capabilities: [tools], allowedProviders: [openrouter] }
  custom: [{ name: OpenRouter, apiKey: secret, baseURL: https://openrouter.ai/api/v1 }]
`,
        ),
    });
    const get = getter(host, (await host.signUp()).token);

    const [config, endpoints, admin] = await Promise.all([
      get('config'),
      get('endpoints'),
      get('admin/openrouter'),
    ]);

    expect(config.body).toMatchObject({
      interface: { modelSelect: false, customWelcome: 'Hello' },
      modelSpecs: { list: [{ name: 'fast' }] },
    });
    expect(endpoints.body.agents).toMatchObject({
      disableBuilder: true,
      capabilities: ['tools'],
      allowedProviders: ['openrouter'],
    });
    expect(admin.body.warnings).toContainEqual(expect.stringContaining('endpoints.custom[0]'));
  });
});

describe('a host that allows some models', () => {
  it('lists and serves no others', async () => {
    const host = await createTestApp({ environment: { OPENROUTER_MODELS: 'openai/*' } });
    const { token } = await host.signUp();

    const { body } = await getter(host, token)('models');
    const chat = await request(host.url)
      .post('/api/openrouter/chat/completions')
      .set('Authorization', `Bearer ${token}`)
      .send({ model: 'anthropic/claude-sonnet-4.5', messages: [{ role: 'user', content: 'Hi' }] });

    expect(body.openrouter.length).toBeGreaterThan(3);
    expect(body.openrouter.every((id: string) => id.startsWith('openai/'))).toBe(true);
    expect(chat.status).toBe(403);
    expect(chat.body.error.reason).toBe('model_not_allowed');
  });
});

describe('a host that allows some models and falls back to others', () => {
  it('keeps to the allowed ones in every chain', async () => {
    const host = await createTestApp({
      environment: {
        OPENROUTER_MODELS: 'openai/*',
        OPENROUTER_FALLBACKS_DEFAULT: 'anthropic/claude-haiku-4.5,openai/gpt-5-nano',
      },
    });
    const { token } = await host.signUp();

    await request(host.url)
      .post('/api/openrouter/chat/completions')
      .set('Authorization', `Bearer ${token}`)
      .send({
        model: 'openai/gpt-5-mini',
        allow_dearer_fallbacks: true,
        messages: [{ role: 'user', content: 'Hi' }],
      });

    const sent = host.simulator.requests.findLast(({ path }) => path.endsWith('/completions'));
    expect(sent?.body).toMatchObject({
      model: 'openai/gpt-5-mini',
      models: ['openai/gpt-5-nano'],
    });
  });
});

describe('a host whose upstream is down', () => {
  it('says so instead of listing no models', async () => {
    const host = await createTestApp({
      environment: { OPENROUTER_BASE_URL: 'http://127.0.0.1:9' },
    });
    const { token } = await host.signUp();

    const response = await getter(host, token)('models');

    expect(response.status).toBe(503);
    expect(response.body).toMatchObject({
      message: expect.any(String),
      error: { reason: 'upstream_unreachable', retryable: true },
    });
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from './config.ts';

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;
const A_SECRET = 'a'.repeat(64);
const ANOTHER_SECRET = 'f'.repeat(64);

describe('loadConfig', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const load = (environment: Record<string, string> = {}) => loadConfig(directory, environment);
  const file = (name: string, content: string) => writeFileSync(join(directory, name), content);
  function problemsOf(environment: Record<string, string>) {
    try {
      load(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error;
      throw error;
    }
    throw new Error('The configuration was accepted');
  }

  it('needs no setting at all', () => {
    const config = load();

    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3080,
      dataDirectory: join(directory, 'data'),
      databaseUrl: null,
      isRegistrationAllowed: true,
      corsOrigins: [],
      openRouterOrigins: [],
      openrouter: {
        access: { mode: 'simulator' },
        baseUrl: 'https://openrouter.ai/api/v1',
        allowedModels: null,
        cache: {
          modelsTtlMs: 3_600_000,
          creditsTtlMs: 300_000,
          backgroundRefreshMs: 240_000,
          directory: join(directory, '.cache/openrouter'),
        },
      },
      warnings: [],
    });
  });

  it('reads .env, and lets the environment win', () => {
    file('.env', '\ufeffPORT=4000\nHOST="0.0.0.0"\nAPP_TITLE=\'From # file\'\n');

    const config = load({ PORT: '5000' });

    expect(config).toMatchObject({ port: 5000, host: '0.0.0.0', appTitle: 'From # file' });
  });

  it('says so when .env cannot be read', () => {
    mkdirSync(join(directory, '.env'));

    expect(problemsOf({}).message).toMatch(/\.env cannot be read \(EISDIR\)/);
  });

  it('takes an empty value for an unset one', () => {
    expect(load({ PORT: '', OPENROUTER_API_KEY: '  ', DATABASE_URL: '' })).toMatchObject({
      port: 3080,
      databaseUrl: null,
      openrouter: { access: { mode: 'simulator' } },
      warnings: [],
    });
  });

  it.each([
    ['PORT', '70000', 'PORT is not a whole number from 0 to 65535 (it is "70000")'],
    ['PORT', '-1', 'PORT is not a whole number'],
    ['PORT', '3080x', 'PORT is not a whole number'],
    ['HOST', 'http://localhost', 'HOST is not a host name or an IP address'],
    ['TRUST_PROXY', 'true', 'TRUST_PROXY is not a whole number from 0 to 10'],
    ['ALLOW_REGISTRATION', 'yes', 'ALLOW_REGISTRATION is neither true nor false'],
    ['CORS_ORIGINS', 'https://a.example/', 'CORS_ORIGINS holds something other than origins'],
    ['CORS_ORIGINS', '*', 'CORS_ORIGINS holds something other than origins'],
    ['OPENROUTER_CORS_ORIGINS', '*', 'OPENROUTER_CORS_ORIGINS holds something other than origins'],
    ['OPENROUTER_CORS_ORIGINS', 'https://a.example/chat', 'nothing after them'],
    [
      'OPENROUTER_CORS_ORIGINS',
      'a.example',
      'Example: OPENROUTER_CORS_ORIGINS=https://janitorai.com',
    ],
    ['DOMAIN_CLIENT', 'chat.example.com', 'DOMAIN_CLIENT is not an http:// or https:// address'],
    ['OPENROUTER_BASE_URL', 'openrouter.ai', 'OPENROUTER_BASE_URL is not an http://'],
    ['OPENROUTER_BASE_URL', 'https://user:pw@host/v1', 'OPENROUTER_BASE_URL is not an http://'],
    [
      'OPENROUTER_BASE_URL',
      'https://openrouter.ai/api/v1/chat/completions',
      'OPENROUTER_BASE_URL does not end where the routes begin',
    ],
    ['OPENROUTER_SITE_NAME', 'Ünicode', 'OPENROUTER_SITE_NAME is longer than 100 characters, or'],
    ['OPENROUTER_CACHE_TTL_MODELS', 'NaN', 'OPENROUTER_CACHE_TTL_MODELS is not a whole number'],
    ['OPENROUTER_CACHE_TTL_MODELS', '1e3', 'OPENROUTER_CACHE_TTL_MODELS is not a whole number'],
    ['OPENROUTER_CACHE_TTL_CREDITS', '-5', 'OPENROUTER_CACHE_TTL_CREDITS is not a whole number'],
    ['OPENROUTER_CACHE_TTL_CREDITS', '9999999999', 'from 0 to 2147483647'],
    ['OPENROUTER_BACKGROUND_REFRESH', 'off', 'OPENROUTER_BACKGROUND_REFRESH is neither false nor'],
    ['OPENROUTER_BACKGROUND_REFRESH', '5', 'OPENROUTER_BACKGROUND_REFRESH is neither false nor'],
    ['OPENROUTER_MODELS', 'openai/gpt 5', 'OPENROUTER_MODELS holds something other than'],
    ['OPENROUTER_TITLE_MODEL', 'a b', 'OPENROUTER_TITLE_MODEL is not a model id'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is none of debug, info, warn, error and silent'],
    ['LOG_FORMAT', 'xml', 'LOG_FORMAT is neither pretty nor json'],
    ['CONFIG_PATH', 'https://example.com/x.yaml', 'CONFIG_PATH is not the path of a file'],
    ['CONFIG_PATH', 'missing.yaml', 'CONFIG_PATH names a file that cannot be read (ENOENT)'],
  ])('refuses %s=%s', (name, value, message) => {
    const error = problemsOf({ [name]: value });

    expect(error.message).toContain(message);
    expect(error.problems).toEqual([
      expect.objectContaining({ example: expect.stringMatching(/\S/) }),
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db/chat', 'does not start with postgres:// or'],
    ['REDIS_URI', 'http://hunter2@cache', 'does not start with redis:// or rediss://'],
    ['PROXY', 'socks5://user:hunter2@proxy', 'does not start with http:// or https://'],
    ['JWT_SECRET', 'hunter2', 'is shorter than 32 characters'],
    ['JWT_REFRESH_SECRET', 'hunter2', 'is shorter than 32 characters'],
    ['CREDS_KEY', 'hunter2'.repeat(9), 'does not consist of 64 hexadecimal digits'],
  ])('refuses a wrong %s without repeating it', (name, value, message) => {
    const error = problemsOf({ [name]: value });

    expect(error.message).toContain(`${name} ${message}`);
    expect(error.message).not.toContain('hunter2');
  });

  it('tells all problems at once, each with an example', () => {
    const { message, problems } = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', JWT_SECRET: 'z' });

    expect(problems.map(({ variable }) => variable)).toEqual(['PORT', 'JWT_SECRET', 'LOG_LEVEL']);
    expect(message).toMatch(/^The configuration has 3 problems:/);
    expect(message).toContain('Example: PORT=3080');
  });

  it('resolves relative folders against the working directory', () => {
    const config = load({ DATA_DIR: 'elsewhere', OPENROUTER_CACHE_DIR: '/var/cache/models' });

    expect(config.dataDirectory).toBe(join(directory, 'elsewhere'));
    expect(config.openrouter.cache.directory).toBe('/var/cache/models');
  });

  it('reads lists, switches and times', () => {
    const config = load({
      CORS_ORIGINS: 'https://a.example, http://localhost:5173 ,',
      OPENROUTER_MODELS: 'openai/*, *:free',
      OPENROUTER_BACKGROUND_REFRESH: 'false',
      OPENROUTER_CACHE_TTL_MODELS: '0',
      ALLOW_REGISTRATION: 'FALSE',
      OPENROUTER_BASE_URL: 'https://proxy.example/api/v1/',
      DOMAIN_CLIENT: 'https://chat.example/',
    });

    expect(config.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
    expect(config.isRegistrationAllowed).toBe(false);
    expect(config.publicUrl).toBe('https://chat.example');
    expect(config.openrouter).toMatchObject({
      allowedModels: ['openai/*', '*:free'],
      baseUrl: 'https://proxy.example/api/v1',
      siteUrl: 'https://chat.example',
      cache: { backgroundRefreshMs: false, modelsTtlMs: 0 },
    });
  });

  it.each([
    ['openrouter:*', true],
    ['express,openrouter:*', true],
    ['*', true],
    ['openrouter', true],
    ['express:*', false],
    ['', false],
  ])('with DEBUG=%s shows the details of the provider: %s', (DEBUG, expected) => {
    expect(load({ DEBUG }).logs.debugOpenRouter).toBe(expected);
  });

  it('warns of a setting that nobody reads, of a key sent in the clear and of Redis', () => {
    const { warnings } = load({
      OPENROUTER_APIKEY: 'x',
      OPENROUTER_API_KEY: aKey('a'),
      OPENROUTER_BASE_URL: 'http://gateway.example/v1',
      REDIS_URI: 'redis://localhost',
    });

    expect(warnings).toEqual([
      expect.stringMatching(/^OPENROUTER_BASE_URL starts with http:/),
      expect.stringMatching(/^REDIS_URI is set, but/),
      expect.stringMatching(/^OPENROUTER_APIKEY is not a setting/),
    ]);
  });

  it('warns of a model for titles that nobody may use', () => {
    const OPENROUTER_MODELS = 'anthropic/*';
    const warningsOf = (OPENROUTER_TITLE_MODEL: string) =>
      load({ OPENROUTER_MODELS, OPENROUTER_TITLE_MODEL }).warnings;

    expect(warningsOf('openai/gpt-5-nano')).toEqual([
      expect.stringMatching(
        /^OPENROUTER_TITLE_MODEL is openai\/gpt-5-nano, which OPENROUTER_MODELS/,
      ),
    ]);
    expect(warningsOf('anthropic/claude-haiku-4.5')).toEqual([]);
  });

  it('does not warn of an unencrypted address on this machine', () => {
    const environment = { OPENROUTER_API_KEY: aKey('a') };

    for (const base of [
      'http://localhost:3999/api/v1',
      'http://127.0.0.1:1',
      'http://[::1]:1/v1',
    ]) {
      expect(load({ ...environment, OPENROUTER_BASE_URL: base }).warnings).toEqual([]);
    }
  });

  describe('secrets', () => {
    it('makes them once, for the owner alone, and keeps them', () => {
      const first = load();
      const second = load();

      expect(first.secrets.jwt).toMatch(/^[0-9a-f]{64}$/);
      expect(new Set(Object.values(first.secrets)).size).toBe(3);
      expect(second.secrets).toEqual(first.secrets);
      expect(first.notes).toEqual([expect.stringMatching(/secrets\.json/)]);
      expect(second.notes).toEqual([]);
      expect(statSync(join(directory, 'data/secrets.json')).mode & 0o777).toBe(0o600);
    });

    it('lets the environment win over the file, one by one', () => {
      const { secrets } = load();

      expect(load({ JWT_SECRET: A_SECRET }).secrets).toEqual({ ...secrets, jwt: A_SECRET });
    });

    it('writes nothing when all are set', () => {
      load({ JWT_SECRET: A_SECRET, JWT_REFRESH_SECRET: ANOTHER_SECRET, CREDS_KEY: A_SECRET });

      expect(() => statSync(join(directory, 'data'))).toThrow(/ENOENT/);
    });

    it('closes a file that others can read', () => {
      load();
      const path = join(directory, 'data/secrets.json');
      writeFileSync(`${path}.open`, readFileSync(path), { mode: 0o644 });
      rmSync(path);
      writeFileSync(path, readFileSync(`${path}.open`), { mode: 0o644 });

      load();

      expect(statSync(path).mode & 0o777).toBe(0o600);
    });

    it('demands each of them in production', () => {
      load(); // The file of an earlier start does not count.

      const { problems } = problemsOf({ NODE_ENV: 'production', JWT_SECRET: A_SECRET });

      expect(problems.map(({ variable }) => variable)).toEqual(['JWT_REFRESH_SECRET', 'CREDS_KEY']);
      expect(problems[0]?.problem).toContain('is not set');
    });

    it('stops at a damaged file, without its content', () => {
      mkdirSync(join(directory, 'data'));
      writeFileSync(join(directory, 'data/secrets.json'), '{"JWT_SECRET":"hunter2hunter2');

      const { message } = problemsOf({});

      expect(message).toContain('DATA_DIR cannot hold secrets.json');
      expect(message).toContain('damaged');
      expect(message).not.toContain('hunter2');
    });

    it('stops when the data folder cannot be written', () => {
      file('data', 'a file where the folder should be');

      expect(problemsOf({}).message).toMatch(/DATA_DIR cannot hold secrets\.json \(E\w+\)/);
    });

    it('warns when one is used for both kinds of tokens', () => {
      const { warnings } = load({ JWT_SECRET: A_SECRET, JWT_REFRESH_SECRET: A_SECRET });

      expect(warnings).toEqual([expect.stringMatching(/are the same/)]);
    });
  });

  it('collects every secret value, so that the log can leave them out', () => {
    const config = load({
      OPENROUTER_API_KEY: aKey('a'),
      OPENROUTER_KEY: aKey('f'),
      DATABASE_URL: 'postgres://u:hunter2@db/chat',
    });

    expect(config.secretValues).toEqual(
      expect.arrayContaining([
        aKey('a'),
        aKey('f'),
        'postgres://u:hunter2@db/chat',
        ...Object.values(config.secrets),
      ]),
    );
  });

  it('shows no secret in any warning', () => {
    const planted = 'hunter2hunter2';
    const { warnings, notes, openrouter } = load({
      OPENROUTER_API_KEY: ` "sk-or-${planted}" `,
      OPENROUTER_KEY: planted,
      OPENROUTER_MANAGEMENT_KEY: planted,
      REDIS_URI: `redis://:${planted}@cache`,
      OPENROUTER_TYPO: planted,
    });

    expect(warnings.length).toBeGreaterThan(3);
    expect(JSON.stringify([warnings, notes])).not.toContain('hunter2');
    expect(openrouter.access).toEqual({ mode: 'live', apiKey: `sk-or-${planted}` });
  });
});

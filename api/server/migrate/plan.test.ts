import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { describePlan } from './describe.ts';
import { addBlock, cutBlock } from './env-block.ts';
import type { EnvSources } from './env-lines.ts';
import { planMigration } from './plan.ts';

const aKey = `sk-or-v1-${'0'.repeat(64)}`;
const nothingSet: EnvSources = { own: {}, process: {}, foreign: {} };

/** A plan for entries with these settings. */
function plan(entries: Record<string, unknown>[], sources: Partial<EnvSources> = {}) {
  const custom = entries.map((entry) => ({ name: 'OpenRouter', ...entry }));
  const text = stringify({ endpoints: { custom } });
  return planMigration(text, { ...nothingSet, ...sources });
}

/** The lines for `.env`, and per setting what became of it otherwise. */
function outcome(...parameters: Parameters<typeof plan>) {
  const { env, findings } = plan(...parameters);
  return {
    lines: Object.fromEntries(env.lines.map(({ target, value }) => [target, value])),
    kept: env.kept.map(({ by }) => by),
    needless: findings.flatMap(({ kind, field }) => (kind === 'needless' ? [field] : [])),
    left: [...findings, ...env.left].flatMap(({ kind, field }) => (kind === 'left' ? [field] : [])),
  };
}

it.each<[string, Record<string, unknown>, Record<string, string>]>([
  ['a key', { apiKey: aKey }, { OPENROUTER_API_KEY: aKey }],
  ['keys of users', { apiKey: 'user_provided' }, { OPENROUTER_API_KEY: 'user_provided' }],
  [
    'a gateway',
    { baseURL: 'https://gw.example.com/openrouter/' },
    { OPENROUTER_BASE_URL: 'https://gw.example.com/openrouter' },
  ],
  [
    'a complete address',
    { baseURL: 'https://gw.example.com/v1/chat/completions' },
    { OPENROUTER_BASE_URL: 'https://gw.example.com/v1' },
  ],
  [
    'the site',
    { headers: { 'HTTP-Referer': 'https://chat.example.com', 'x-title': 'Team Chat' } },
    { OPENROUTER_SITE_URL: 'https://chat.example.com', OPENROUTER_SITE_NAME: 'Team Chat' },
  ],
  [
    'the only models',
    { models: { default: ['a/b', { name: 'c/d', description: 'x' }] } },
    { OPENROUTER_MODELS: 'a/b,c/d' },
  ],
  ['the model for titles', { titleModel: 'a/b' }, { OPENROUTER_TITLE_MODEL: 'a/b' }],
  [
    'models to fall back to',
    { addParams: { models: ['a/b', 'c/d'], route: 'fallback' } },
    { OPENROUTER_FALLBACKS_DEFAULT: 'a/b,c/d' },
  ],
])('moves %s', (_name, entry, lines) => {
  expect(outcome([entry])).toMatchObject({ lines, left: [] });
});

it('says of every other setting what becomes of it', () => {
  const result = outcome([
    {
      baseURL: 'https://openrouter.ai/api/v1',
      models: { fetch: true, default: ['a/b'], userIdQuery: true },
      titleConvo: true,
      titleModel: 'current_model',
      titleMethod: 'structured',
      titlePrompt: 'Name it',
      headers: { 'X-Other': 'x', constructor: 'x', 'Content-Type': 'application/json' },
      addParams: {
        temperature: 0.2,
        provider: { zdr: true },
        plugins: [{ id: 'web' }],
        include_reasoning: true,
        usage: {},
      },
      dropParams: ['stop', 'user', 'max_tokens'],
      customParams: {
        defaultParamsEndpoint: 'openrouter',
        paramDefinitions: [{ key: 'promptCache' }],
      },
      modelDisplayLabel: 'OpenRouter',
      iconURL: 'https://example.com/icon.png',
      summarize: true,
      forcePrompt: false,
      directEndpoint: true,
      streamRate: 20,
      madeUp: 1,
      nothing: null,
    },
  ]);

  expect(result).toEqual({
    lines: {},
    kept: [],
    needless: [
      'baseURL',
      'models.fetch',
      'models.default',
      'titleConvo',
      'titleModel',
      'headers.Content-Type',
      'addParams.include_reasoning',
      'addParams.usage',
      'dropParams: stop',
      'dropParams: user',
      'customParams.defaultParamsEndpoint',
      'modelDisplayLabel',
      'forcePrompt',
    ],
    left: [
      'models.userIdQuery',
      'titleMethod',
      'titlePrompt',
      'headers.X-Other',
      'headers.constructor',
      'addParams.temperature',
      'addParams.provider',
      'addParams.plugins',
      'dropParams: max_tokens',
      'customParams.paramDefinitions: promptCache',
      'iconURL',
      'summarize',
      'directEndpoint',
      'streamRate',
      'madeUp',
    ],
  });
});

it('takes what a variable holds from the .env here or of LibreChat', () => {
  const entry = { apiKey: '${MY_KEY}', titleModel: '${MY_MODEL}', baseURL: '${MY_URL}' };

  const result = outcome([entry], {
    own: { MY_MODEL: 'a/b' },
    foreign: { MY_KEY: aKey },
    process: { MY_URL: 'https://gw.example.com/v1' },
  });

  expect(result.lines).toEqual({ OPENROUTER_API_KEY: aKey, OPENROUTER_TITLE_MODEL: 'a/b' });
  // What was given to the process alone is not written into a file.
  expect(result.left).toEqual(['baseURL']);
  expect(outcome([entry]).left).toEqual(['apiKey', 'titleModel', 'baseURL']);
});

it.each<[string, Partial<EnvSources>]>([
  ['in .env', { own: { OPENROUTER_KEY: aKey, OPENROUTER_TITLE_MODEL: 'x/y' } }],
  ['in the environment', { process: { OPENROUTER_KEY: aKey, OPENROUTER_TITLE_MODEL: 'x/y' } }],
])('never gives a variable another value that is set %s', (_name, sources) => {
  const result = outcome([{ apiKey: '${OPENROUTER_KEY}', titleModel: 'a/b' }], sources);

  expect(result).toMatchObject({ lines: {}, kept: ['OPENROUTER_KEY', 'OPENROUTER_TITLE_MODEL'] });
});

it('gives a variable its value that is named in .env without one', () => {
  const own = { OPENROUTER_API_KEY: '', OPENROUTER_TITLE_MODEL: ' ' };

  const { lines } = outcome([{ apiKey: aKey, titleModel: 'a/b' }], { own });

  expect(lines).toEqual({ OPENROUTER_API_KEY: aKey, OPENROUTER_TITLE_MODEL: 'a/b' });
});

it.each<[string, Record<string, unknown>]>([
  ['titleModel', { titleModel: 'no model id' }],
  ['titleModel', { titleModel: 7 }],
  ['baseURL', { baseURL: 'openrouter' }],
  ['baseURL', { baseURL: 'https://openrouter.ai/${VERSION}' }],
  ['baseURL', { baseURL: 'user_provided' }],
  ['apiKey', { apiKey: ['a'] }],
  ['models.default', { models: { default: [['a']] } }],
  ['addParams.models', { addParams: { models: 'a/b' } }],
  ['headers.X-Title', { headers: { 'X-Title': '{{LIBRECHAT_USER_NAME}}' } }],
])('does not move a %s with which the server would not start', (field, entry) => {
  expect(outcome([entry])).toMatchObject({ lines: {}, left: [field] });
});

it('does not let a model name conversations that nobody may use', () => {
  const entry = { models: { default: ['a/b'] }, titleModel: 'c/d' };

  expect(outcome([entry])).toMatchObject({
    lines: { OPENROUTER_MODELS: 'a/b' },
    left: ['titleModel'],
  });
});

it('makes one set of lines of several entries', () => {
  const second = `sk-or-v1-${'0'.repeat(64)}0`;

  const result = outcome([
    { apiKey: aKey, titleModel: 'a/b', models: { default: ['a/b'] } },
    { apiKey: second, titleModel: 'c/d', models: { default: ['c/d', 'a/b'] } },
    { apiKey: aKey, titleModel: 'a/b' },
  ]);

  expect(result).toMatchObject({
    lines: {
      OPENROUTER_API_KEY: aKey,
      OPENROUTER_API_KEYS: second,
      OPENROUTER_MODELS: 'a/b,c/d',
      OPENROUTER_TITLE_MODEL: 'a/b',
    },
    left: ['[1].titleModel'],
  });
  const fetched = outcome([{ models: { fetch: true } }, { models: { default: ['a/b'] } }]);
  expect(fetched).toMatchObject({ lines: {}, left: ['[1].models.default'] });
});

it('finds what else names an entry', () => {
  const text = stringify({
    endpoints: {
      agents: { allowedProviders: ['OpenRouter', 'groq'] },
      openAI: { titleEndpoint: 'OpenRouter' },
      custom: [{ name: 'OpenRouter' }],
    },
    modelSpecs: { list: [{ name: 'OpenRouter', preset: { endpoint: 'OpenRouter' } }] },
  });

  expect(planMigration(text, nothingSet).mentions).toEqual([
    'endpoints.agents.allowedProviders[0]',
    'endpoints.openAI.titleEndpoint',
    'modelSpecs.list[0].preset.endpoint',
  ]);
});

it('shows no secret, wherever in the file or in .env it stands', () => {
  const planted = 'PLANTED-7f3a-value';
  const text = `
mcpServers:
  team:
    url: https://mcp.example.com/?token=${planted}
    args: ['--flag', '${planted}']
    headers:
      X-Any: ${planted}
endpoints:
  custom:
    # apiKey: ${planted}
    - name: groq
      apiKey: "${planted}"
      baseURL: https://user:${planted}@groq.example.com
    - name: OpenRouter
      apiKey: ${planted} # token: ${planted}
      baseURL: https://gw.example.com/v1?key=${planted}
      headers: { Authorization: "Bearer ${planted}", X-Title: '\${TITLE}' }
      addParams:
        api_key: >-
          ${planted}
          ${planted}
      titleModel: \${MY_MODEL}
    - name: openrouter-2
      apiKey: \${MY_KEY}
    - { name: last, apiKey: '${planted}' }
`;
  const foreign = { MY_KEY: `sk-or-v1-${planted}`, MY_MODEL: `a/${planted}`, TITLE: planted };

  const result = planMigration(text, { ...nothingSet, foreign });
  const told = describePlan('librechat.yaml', result);

  expect(told).not.toContain('PLANTED');
  expect(told).toContain('OPENROUTER_API_KEY=… (the key in apiKey)');
  expect(told).toContain('the value of MY_KEY, from the .env of LibreChat');
  expect(told).toContain('-      apiKey: ${MY_KEY}');
  expect(result.env.lines).toContainEqual(
    expect.objectContaining({ target: 'OPENROUTER_API_KEY', value: planted }),
  );
});

it('writes lines that are read as they were meant, and takes them out again', () => {
  const stamp = '2026-11-20T16-40-00-000Z';
  const before = fc.constantFrom('', 'A=1', 'A=1\n', '\ufeffA=1\r\nB=2\r\n', '# c\n\n');
  const title = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,30}[\x21-\x7e])?$/);

  fc.assert(
    fc.property(before, title, (env, name) => {
      const { lines } = plan([{ headers: { 'X-Title': name } }]).env;
      const after = addBlock(env, lines, stamp);

      expect(after.startsWith(env)).toBe(true);
      if (lines.length > 0) expect(parseEnv(after)['OPENROUTER_SITE_NAME']).toBe(name);
      expect(cutBlock(after, stamp, env !== '' && !env.endsWith('\n'))).toBe(env);
      expect(cutBlock(`${after}C=3\n`, stamp, false)).toContain('C=3');
      expect(cutBlock(env, stamp, false)).toBeNull();
    }),
    { numRuns: 100 },
  );
});

import { readRoutes } from './routes.ts';

const key = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;

it('has nothing to add when nothing is set', () => {
  expect(readRoutes({}, [], null)).toEqual({
    routes: { moreKeys: [], directProviders: [], fallbacks: {} },
    problems: [],
    warnings: [],
    secretValues: [],
  });
});

it('takes each further key once, in order, and not the first one again', () => {
  const { routes } = readRoutes({}, [key('a'), key('f'), key('a'), key('0')], key('0'));

  expect(routes.moreKeys).toEqual([key('a'), key('f')]);
});

it('leaves out what cannot be a key, and says how many without repeating them', () => {
  const { routes, warnings } = readRoutes({}, ['planted-secret', key('a')], null);

  expect(routes.moreKeys).toEqual([key('a')]);
  expect(warnings).toEqual(['OPENROUTER_API_KEYS holds 1 that cannot be keys; they are ignored.']);
});

it('reads a direct provider with its own names of models', () => {
  const { routes, problems, secretValues } = readRoutes(
    {
      OPENROUTER_DIRECT_MY_GROQ_BASE_URL: 'https://api.example.com/openai/v1/',
      OPENROUTER_DIRECT_MY_GROQ_API_KEY: ' secret-of-groq ',
      OPENROUTER_DIRECT_MY_GROQ_MODELS: 'openai/gpt-4o = gpt-4o, meta/llama',
    },
    [],
    null,
  );

  expect(problems).toEqual([]);
  expect(routes.directProviders).toEqual([
    {
      name: 'my_groq',
      apiKey: 'secret-of-groq',
      baseURL: 'https://api.example.com/openai/v1',
      models: { 'openai/gpt-4o': 'gpt-4o', 'meta/llama': 'meta/llama' },
    },
  ]);
  expect(secretValues).toEqual(['secret-of-groq']);
});

it('needs no key for a provider on this machine', () => {
  const { routes } = readRoutes(
    {
      OPENROUTER_DIRECT_OLLAMA_BASE_URL: 'http://localhost:11434/v1',
      OPENROUTER_DIRECT_OLLAMA_MODELS: 'meta/llama=llama3.1:8b',
    },
    [],
    null,
  );

  expect(routes.directProviders[0]).toMatchObject({
    apiKey: null,
    models: { 'meta/llama': 'llama3.1:8b' },
  });
});

it.each([
  [
    { OPENROUTER_DIRECT_X_API_KEY: 'secret' },
    ['OPENROUTER_DIRECT_X_BASE_URL', 'OPENROUTER_DIRECT_X_MODELS'],
  ],
  [
    { OPENROUTER_DIRECT_X_BASE_URL: 'example.com', OPENROUTER_DIRECT_X_MODELS: 'a/b' },
    ['OPENROUTER_DIRECT_X_BASE_URL'],
  ],
  [
    { OPENROUTER_DIRECT_X_BASE_URL: 'https://example.com', OPENROUTER_DIRECT_X_MODELS: 'a b' },
    ['OPENROUTER_DIRECT_X_MODELS'],
  ],
  [{ OPENROUTER_FALLBACKS_DEFAULT: 'a/b, c d' }, ['OPENROUTER_FALLBACKS_DEFAULT']],
])('names what is wrong in %j, without a secret', (environment, variables) => {
  const { problems } = readRoutes(environment, [], null);

  expect(problems.map(({ variable }) => variable)).toEqual(variables);
  expect(JSON.stringify(problems)).not.toContain('secret');
});

it('reads chains of fallbacks by name', () => {
  const { routes } = readRoutes(
    { OPENROUTER_FALLBACKS_DEFAULT: 'a/b, c/d:free', OPENROUTER_FALLBACKS_CODE: 'e/f' },
    [],
    null,
  );

  expect(routes.fallbacks).toEqual({ default: ['a/b', 'c/d:free'], code: ['e/f'] });
});

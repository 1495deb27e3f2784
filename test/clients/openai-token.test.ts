import { createToken, tokenModel } from '../support/app-tokens.ts';
import { importAsPublished } from '../support/import-as-published.ts';
import { signIn, type SignedIn } from '../support/signed-in.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** The official OpenAI client with tokens that may not do what it asks for. */
let host: TestApp;
let ada: SignedIn;
let sdk: typeof import('openai');
beforeAll(async () => {
  sdk = await importAsPublished<typeof import('openai')>('openai');
  host = await createTestApp();
  ada = await signIn(host);
});

type Fields = Parameters<typeof createToken>[1];

async function clientWith(fields?: Fields) {
  const { token: apiKey, id } = await createToken(ada, fields);
  const baseURL = `${host.url}/api/openrouter`;
  return { openai: new sdk.OpenAI({ baseURL, apiKey, maxRetries: 0 }), id };
}

const question = {
  model: tokenModel,
  messages: [{ role: 'user' as const, content: 'Name three rivers.' }],
};

it('answers, and lists what the token is for', async () => {
  const { openai } = await clientWith({ models: ['openai/gpt-5*'] });

  const completion = await openai.chat.completions.create(question);
  const ids = [];
  for await (const { id } of openai.models.list()) ids.push(id);

  expect(completion.choices[0]?.message.content).toBeTruthy();
  expect(ids).toContain(tokenModel);
  expect(ids.every((id) => id.startsWith('openai/gpt-5'))).toBe(true);
});

it.each<[string, Fields, string, number, string]>([
  [
    'a scope is missing',
    { scopes: ['models'] },
    'PermissionDeniedError',
    403,
    'needs the scope chat',
  ],
  [
    'the model is not on its list',
    { models: ['a/*'] },
    'PermissionDeniedError',
    403,
    'not allowed with this app token',
  ],
  ['its money is spent', { monthly_limit_usd: 0.000001 }, 'APIError', 402, 'may spend'],
])('throws its own class when %s, streaming or not', async (_why, fields, name, status, words) => {
  const { openai } = await clientWith(fields);

  for (const stream of [false, true]) {
    const error: unknown = await openai.chat.completions.create({ ...question, stream }).then(
      () => null,
      (reason: unknown) => reason,
    );

    expect(error).toBeInstanceOf(sdk[name as 'APIError']);
    expect(error).toMatchObject({ status, message: expect.stringContaining(words) });
    expect(error).toMatchObject({
      error: { reason: expect.any(String), action: expect.any(String) },
    });
  }
});

it('throws AuthenticationError once the token is revoked', async () => {
  const { openai, id } = await clientWith();
  await openai.chat.completions.create(question);

  await ada.send('delete', `/api/tokens/${id}`);

  await expect(openai.chat.completions.create(question)).rejects.toThrow(sdk.AuthenticationError);
});

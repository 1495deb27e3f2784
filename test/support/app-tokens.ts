import {
  createdAppTokenSchema,
  type CreateAppToken,
  type CreatedAppToken,
} from '@openrouter-native/protocol';
import request, { type Test } from 'supertest';
import type { SignedIn } from './signed-in.ts';
import type { TestApp } from './test-app.ts';

/** Requests of an app with a token. */
export interface TokenApp {
  token: string;
  /** @param path - Below `/api/openrouter`. */
  get(path: string): Test;
  chat(body?: object): Test;
}

export const tokenModel = 'openai/gpt-5-mini';

/** Creates a token. */
export async function createToken(
  owner: SignedIn,
  fields: Partial<CreateAppToken> = {},
): Promise<CreatedAppToken> {
  const body: CreateAppToken = { name: 'App', scopes: ['models', 'credits', 'chat'], ...fields };
  const response = await owner.send('post', '/api/tokens', body);
  if (response.status !== 201) throw new Error(`${response.status} ${response.text}`);
  return createdAppTokenSchema.parse(response.body);
}

/** Sends what an app does that has nothing but this token. */
export function withToken(host: TestApp, token: string): TokenApp {
  const bearer = (test: Test) => test.set('Authorization', `Bearer ${token}`);
  return {
    token,
    get: (path) => bearer(request(host.url).get(`/api/openrouter${path}`)),
    chat: (body = {}) =>
      bearer(request(host.url).post('/api/openrouter/chat/completions')).send({
        model: tokenModel,
        messages: [{ role: 'user', content: 'Hi' }],
        ...body,
      }),
  };
}

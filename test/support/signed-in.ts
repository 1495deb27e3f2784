import request, { type Test } from 'supertest';
import type { TestApp } from './test-app.ts';

/** Requests with somebody's access token. */
export interface SignedIn {
  token: string;
  userId: string;
  send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Test;
  get(path: string, query?: Record<string, string | number | boolean>): Test;
}

/** Creates an account, and sends what it is told to with its token. */
export async function signIn(host: TestApp, email?: string): Promise<SignedIn> {
  const { token, userId } = await host.signUp(email);
  const send: SignedIn['send'] = (method, path, body) => {
    const test = request(host.url)[method](path).set('Authorization', `Bearer ${token}`);
    return body === undefined ? test : test.send(body);
  };
  return { token, userId, send, get: (path, query = {}) => send('get', path).query(query) };
}

import {
  hostConfigSchema,
  hostEndpointsSchema,
  providerStatusSchema,
  sessionSchema,
  type HostConfig,
  type HostEndpoints,
  type ProviderStatus,
  type Session,
} from '@openrouter-native/protocol';
import { createHttp, readJson, type HttpOptions } from '@openrouter-native/react';

/** What proves who somebody is. Sent once, never kept. */
export interface Credentials {
  email: string;
  password: string;
}

/** The first account of a host becomes its administrator. */
export interface NewAccount extends Credentials {
  name: string;
}

/** The host's own routes, beside the plugin's. Every method throws `OpenRouterApiError`. */
export interface HostApi {
  getConfig: (signal?: AbortSignal) => Promise<HostConfig>;
  getEndpoints: (signal?: AbortSignal) => Promise<HostEndpoints>;
  /** For administrators only. */
  getProviderStatus: (signal?: AbortSignal) => Promise<ProviderStatus>;
  signIn: (credentials: Credentials) => Promise<Session>;
  signUp: (account: NewAccount) => Promise<Session>;
  /** Trades the refresh cookie for a new token and a new cookie. */
  renew: () => Promise<Session>;
  signOut: () => Promise<void>;
}

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createHostApi(options: HttpOptions): HostApi {
  const http = createHttp(options);

  function get(path: string, signal?: AbortSignal): Promise<Response> {
    return http.request(path, { signal: signal ?? null });
  }

  function post(path: string, body: unknown): Promise<Response> {
    return http.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  return {
    getConfig: async (signal) => readJson(await get('/config', signal), hostConfigSchema, signal),
    getEndpoints: async (signal) =>
      readJson(await get('/endpoints', signal), hostEndpointsSchema, signal),
    getProviderStatus: async (signal) =>
      readJson(await get('/admin/openrouter', signal), providerStatusSchema, signal),
    signIn: async (credentials) => readJson(await post('/auth/login', credentials), sessionSchema),
    async signUp(account) {
      const body = { ...account, confirm_password: account.password };
      return readJson(await post('/auth/register', body), sessionSchema);
    },
    renew: async () => readJson(await post('/auth/refresh', {}), sessionSchema),
    async signOut() {
      await post('/auth/logout', {});
    },
  };
}

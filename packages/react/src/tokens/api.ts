import {
  appTokenListSchema,
  createdAppTokenSchema,
  ownedAppTokenListSchema,
  type AppToken,
  type CreateAppToken,
  type CreatedAppToken,
  type OwnedAppToken,
} from '@openrouter-native/protocol';
import { createHttp, readJson, readNothing, type HttpOptions } from '../api/http.ts';

/**
 * Tokens for apps that talk to the host's `/api/openrouter`. A token is told once, when it is created.
 * Every method throws `OpenRouterApiError`.
 */
export interface TokensApi {
  /** One's own, newest first. */
  list: (signal?: AbortSignal) => Promise<AppToken[]>;
  create: (request: CreateAppToken) => Promise<CreatedAppToken>;
  /** The token stops working at once. */
  revoke: (id: string) => Promise<void>;
  /** Those of all accounts, newest first; for admins. */
  listAll: (signal?: AbortSignal) => Promise<OwnedAppToken[]>;
  /** Anybody's; for admins. */
  revokeAny: (id: string) => Promise<void>;
}

const OWN = '/tokens';
const ALL = '/admin/tokens';

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createTokensApi(options: HttpOptions): TokensApi {
  const http = createHttp(options);
  const revoke = async (path: string, id: string) =>
    readNothing(await http.request(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' }));
  return {
    list: async (signal) =>
      (await readJson(await http.get(OWN, signal), appTokenListSchema, signal)).data,
    create: async (request) =>
      readJson(await http.send('POST', OWN, request), createdAppTokenSchema),
    revoke: (id) => revoke(OWN, id),
    listAll: async (signal) =>
      (await readJson(await http.get(ALL, signal), ownedAppTokenListSchema, signal)).data,
    revokeAny: (id) => revoke(ALL, id),
  };
}

import { connectSchema, userKeySchema, type UserKey } from '@openrouter-native/protocol';
import { createHttp, readJson, readNothing, type HttpOptions } from '../api/http.ts';

/**
 * The OpenRouter key that a person brings, where the host wants that (`user_provided`). A stored key is
 * never sent back. Every method throws `OpenRouterApiError`.
 */
export interface KeysApi {
  /** Whether a key is stored, and until when. */
  find: (signal?: AbortSignal) => Promise<UserKey>;
  /** @param expiresAt - When the host forgets it; `null` = never. */
  store: (key: string, expiresAt: Date | null) => Promise<void>;
  remove: () => Promise<void>;
  /** Begins "Connect with OpenRouter". @returns Where the browser goes to consent. */
  connect: () => Promise<string>;
}

const NAME = 'openrouter';

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createKeysApi(options: HttpOptions): KeysApi {
  const http = createHttp(options);
  return {
    async find(signal) {
      return readJson(await http.get(`/keys?name=${NAME}`, signal), userKeySchema, signal);
    },
    async store(key, expiresAt) {
      const body = { name: NAME, value: key, expiresAt: expiresAt?.toISOString() ?? null };
      await readNothing(await http.send('PUT', '/keys', body));
    },
    remove: async () => readNothing(await http.request(`/keys/${NAME}`, { method: 'DELETE' })),
    async connect() {
      const response = await http.request(`/keys/${NAME}/connect`, { method: 'POST' });
      const { url } = await readJson(response, connectSchema);
      return url;
    },
  };
}

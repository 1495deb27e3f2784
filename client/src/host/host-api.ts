import {
  decodeEventStream,
  doctorEventSchema,
  doctorReportSchema,
  hostConfigSchema,
  hostEndpointsSchema,
  providerStatusSchema,
  sessionSchema,
  type DoctorEvent,
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

/** What an administrator wants examined. */
export interface Examination {
  /** Ask models too, which costs a little. */
  completions: boolean;
  /** Also read timed events through this address; `null` leaves that out. */
  publicUrl: string | null;
}

/** The host's own routes, beside the plugin's. Every method throws `OpenRouterApiError`. */
export interface HostApi {
  getConfig: (signal?: AbortSignal) => Promise<HostConfig>;
  getEndpoints: (signal?: AbortSignal) => Promise<HostEndpoints>;
  /** For administrators only. */
  getProviderStatus: (signal?: AbortSignal) => Promise<ProviderStatus>;
  /** For administrators only: each check as it ends. Leaving the loop ends the examination. */
  examine: (asked: Examination, signal: AbortSignal) => AsyncGenerator<DoctorEvent, void>;
  signIn: (credentials: Credentials) => Promise<Session>;
  signUp: (account: NewAccount) => Promise<Session>;
  /** Trades the refresh cookie for a new token and a new cookie. */
  renew: () => Promise<Session>;
  signOut: () => Promise<void>;
}

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createHostApi(options: HttpOptions): HostApi {
  const http = createHttp(options);

  return {
    getConfig: async (signal) =>
      readJson(await http.get('/config', signal), hostConfigSchema, signal),
    getEndpoints: async (signal) =>
      readJson(await http.get('/endpoints', signal), hostEndpointsSchema, signal),
    getProviderStatus: async (signal) =>
      readJson(await http.get('/admin/openrouter', signal), providerStatusSchema, signal),
    async *examine({ completions, publicUrl }, signal) {
      const query = new URLSearchParams({
        completions: String(completions),
        ...(publicUrl !== null && { public_url: publicUrl }),
      });
      const response = await http.request(`/openrouter/doctor?${query}`, {
        headers: { Accept: 'text/event-stream' },
        signal,
      });
      if (!response.ok || !response.body) {
        await readJson(response, doctorReportSchema, signal); // Throws what the refusal says.
        return;
      }
      for await (const message of decodeEventStream(chunksOf(response.body))) {
        if (message.type !== 'data') continue;
        const event = doctorEventSchema.safeParse(JSON.parse(message.data));
        if (event.success) yield event.data;
      }
    },
    signIn: async (credentials) =>
      readJson(await http.send('POST', '/auth/login', credentials), sessionSchema),
    async signUp(account) {
      const body = { ...account, confirm_password: account.password };
      return readJson(await http.send('POST', '/auth/register', body), sessionSchema);
    },
    renew: async () => readJson(await http.send('POST', '/auth/refresh', {}), sessionSchema),
    async signOut() {
      await http.send('POST', '/auth/logout', {});
    },
  };
}

/** Not every browser lets a body be looped over. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      yield chunk.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

import { errorBodySchema, type Session, type User } from '@openrouter-native/protocol';
import { isOpenRouterApiError } from '@openrouter-native/react';
import { createHostApi, type Credentials, type NewAccount } from '../host/host-api.ts';

/** `expired`: somebody was signed in, and the session could not be renewed. */
export type SessionState =
  | { status: 'restoring' }
  | { status: 'signed-out'; expired: boolean }
  | { status: 'signed-in'; user: User };

/** All that the store touches outside of itself. */
export interface SessionStoreOptions {
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  /** Remembers that there was a session, never the session itself. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Runs one renewal at a time among all tabs: they share the cookie, which may be used only once. */
  exclusively: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Who is signed in. The token lives in this closure only; the refresh token in an httpOnly cookie. */
export interface SessionStore {
  getState: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  getToken: () => string | null;
  /** Like `fetch`; when the token has run out it renews it once and repeats the request. */
  fetch: typeof globalThis.fetch;
  /** Finds the session that the cookie still holds, if there ever was one in this browser. */
  restore: () => Promise<void>;
  signIn: (credentials: Credentials) => Promise<void>;
  signUp: (account: NewAccount) => Promise<void>;
  signOut: () => Promise<void>;
}

/** Without it a first visit would ask for a renewal that must fail. */
const HINT_KEY = 'openrouter-native:signed-in';

/** Begins as `restoring`; call `restore` once. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { baseUrl, fetch, storage, exclusively } = options;
  const api = createHostApi({ baseUrl, fetch });
  const listeners = new Set<() => void>();
  let state: SessionState = { status: 'restoring' };
  let token: string | null = null;
  let renewal: Promise<boolean> | null = null;

  function set(next: SessionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function open(session: Session): void {
    token = session.token;
    storage.setItem(HINT_KEY, 'true');
    set({ status: 'signed-in', user: session.user });
  }

  function close(expired: boolean): void {
    token = null;
    storage.removeItem(HINT_KEY);
    set({ status: 'signed-out', expired });
  }

  /** Whether there is a new token. A server that is away or in trouble ends no session. */
  async function renew(): Promise<boolean> {
    try {
      open(await exclusively(api.renew));
      return true;
    } catch (error) {
      const isRefused = isOpenRouterApiError(error) && error.details.reason === 'unauthenticated';
      if (isRefused) close(state.status === 'signed-in');
      else if (state.status === 'restoring') set({ status: 'signed-out', expired: false });
      return false;
    }
  }

  function renewOnce(): Promise<boolean> {
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    return renewal;
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getToken: () => token,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      const usedToken = headers.get('Authorization')?.replace(/^Bearer /, '');
      const response = await fetch(input, init);
      if (usedToken === undefined || !(await isTokenRefused(response))) return response;
      const isRenewed = usedToken === token ? await renewOnce() : token !== null;
      if (!isRenewed) return response;
      headers.set('Authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
    async restore() {
      if (storage.getItem(HINT_KEY) === null) close(false);
      else await renewOnce();
    },
    async signIn(credentials) {
      open(await api.signIn(credentials));
    },
    async signUp(account) {
      open(await api.signUp(account));
    },
    async signOut() {
      await api.signOut();
      close(false);
    },
  };
}

/** A 401 may also be about the OpenRouter key, which no new session token can help. */
async function isTokenRefused(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body = errorBodySchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  return !body.success || body.data.error.reason === 'unauthenticated';
}

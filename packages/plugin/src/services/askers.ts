import {
  isOpenRouterError,
  OpenRouterError,
  type OpenRouterClient,
} from '@openrouter-native/openrouter';
import type { ErrorReason } from '@openrouter-native/protocol';
import { RequestError } from '../request-error.ts';
import type { UserClients } from '../users.ts';
import type { UpstreamStatus } from './upstream-status.ts';

/** Somebody with a key: the server, or one of its users. */
export interface Asker {
  client: Pick<OpenRouterClient, 'chatCompletion' | 'getCredits'>;
  /** Passes the outcome of a call through, noted for health and in words for the key's owner. */
  watch: <T>(call: Promise<T>) => Promise<T>;
}

/** Finds out with whose key a call is made. */
export interface Askers {
  /** Asks with its own key when users bring none; `null` when each of them brings one. */
  server: Asker | null;
  /**
   * @param user - As `userOf` names them; without a meaning when the server asks for everybody.
   * @throws RequestError `key_missing` when it is the user's key that is needed, and there is none.
   */
  of(user: string | undefined): Asker | Promise<Asker>;
}

export interface AskersOptions {
  client: OpenRouterClient;
  status: UpstreamStatus;
  /** `undefined` lets `client` ask for everybody. */
  users: UserClients | undefined;
}

export function createAskers({ client, status, users }: AskersOptions): Askers {
  const server: Asker = { client, watch: (call) => status.watch(call) };
  if (!users) return { server, of: () => server };

  return {
    server: null,
    async of(user) {
      // Never the server's key in its place: that is somebody else's money.
      if (user === undefined) {
        throw new RequestError('key_missing', 'This request belongs to no user, so it has no key.');
      }
      const theirs = await users.clientFor(user);
      return { client: theirs, watch: (call) => inOwnersWords(status.watchOutages(call)) };
    },
  };
}

const STORE_ANOTHER =
  'Store another key from https://openrouter.ai/settings/keys, or connect with OpenRouter.';

/** What the table of reasons advises an admin to do, said to somebody who brings a key. */
const ACTIONS: ReadonlyMap<ErrorReason, string> = new Map([
  ['key_missing', STORE_ANOTHER],
  ['key_malformed', STORE_ANOTHER],
  ['key_invalid', STORE_ANOTHER],
  [
    'management_key_required',
    'See the balance of your account at https://openrouter.ai/settings/credits.',
  ],
]);

async function inOwnersWords<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const action = isOpenRouterError(error) ? ACTIONS.get(error.reason) : undefined;
    if (!isOpenRouterError(error) || action === undefined) throw error;
    const { reason, message, details } = error;
    throw new OpenRouterError(reason, message, { ...details, action }, { cause: error });
  }
}

import { RequestError } from '@openrouter-native/plugin';
import type { StoredUserKey, UserKeys } from '../database/user-keys.ts';
import type { SecretBox } from './secret-box.ts';

/** The one provider whose users may bring their keys. */
export const OPENROUTER = 'openrouter';

/** A key that can be used now. */
export interface UsableKey {
  /** Differs whenever the key was stored anew. Tells nothing about the key. */
  version: string;
  secret: string;
}

/** The keys that users brought for OpenRouter. */
export interface UserKeyService {
  /** @throws RequestError `invalid_request` when it would have expired already. */
  store(userId: string, key: string, expiresAt: Date | null): Promise<void>;
  /** When the stored key expires (`null` = never); `null` instead of both when none can be read. */
  find(userId: string): Promise<{ expiresAt: Date | null } | null>;
  /** @throws RequestError `key_missing` when there is none, it has expired, or it cannot be read. */
  read(userId: string): Promise<UsableKey>;
  delete(userId: string): Promise<void>;
  deleteAll(userId: string): Promise<void>;
  eraseExpired(): Promise<void>;
}

export interface UserKeyServiceOptions {
  userKeys: UserKeys;
  box: SecretBox;
  /** Epoch milliseconds. */
  now: () => number;
}

const HOW_TO_STORE =
  'Store a key from https://openrouter.ai/settings/keys, or connect with OpenRouter.';

export function createUserKeyService(options: UserKeyServiceOptions): UserKeyService {
  const { userKeys, box, now } = options;

  function open(userId: string, { encrypted }: StoredUserKey): string | null {
    return box.open(encrypted, contextOf(userId));
  }
  const hasExpired = ({ expiresAt }: Pick<StoredUserKey, 'expiresAt'>) =>
    expiresAt !== null && expiresAt.getTime() <= now();

  return {
    async store(userId, key, expiresAt) {
      if (hasExpired({ expiresAt })) {
        throw new RequestError('invalid_request', 'expiresAt is in the past.', {
          action: 'Choose a later time, or null for a key that does not expire.',
        });
      }
      const encrypted = box.seal(key, contextOf(userId));
      await userKeys.save(userId, OPENROUTER, { encrypted, expiresAt }, new Date(now()));
    },
    async find(userId) {
      const stored = await userKeys.find(userId, OPENROUTER);
      if (!stored) return null;
      const isReadable = hasExpired(stored) || open(userId, stored) !== null;
      return isReadable ? { expiresAt: stored.expiresAt } : null;
    },
    async read(userId) {
      const stored = await userKeys.find(userId, OPENROUTER);
      if (!stored) throw missing('none', 'You have not stored an OpenRouter key yet.');
      if (hasExpired(stored)) throw missing('expired', 'Your OpenRouter key has expired here.');
      const secret = open(userId, stored);
      if (secret === null) {
        const message =
          'Your OpenRouter key cannot be read any more: CREDS_KEY of this server has changed.';
        throw missing('unreadable', message, 'Store your key again.');
      }
      return { version: stored.encrypted, secret };
    },
    delete: (userId) => userKeys.delete(userId, OPENROUTER),
    deleteAll: (userId) => userKeys.deleteAll(userId),
    eraseExpired: () => userKeys.eraseExpired(new Date(now())),
  };
}

function contextOf(userId: string): string[] {
  return ['user-key', userId, OPENROUTER];
}

/** @param stored - What is the matter with the stored key, for programs. */
function missing(
  stored: 'none' | 'expired' | 'unreadable',
  message: string,
  action: string = HOW_TO_STORE,
): RequestError {
  return new RequestError('key_missing', message, { action, metadata: { stored } });
}

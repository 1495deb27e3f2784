import type { OpenRouterClient } from '@openrouter-native/openrouter';
import type { UserKeyService } from './user-key-service.ts';

/** The clients of the users who asked lately, each with the user's own key. */
export interface UserClients {
  /**
   * The user's client: the same one as long as the stored key is the same. A running answer may keep it
   * when it is no longer handed out.
   *
   * @throws RequestError `key_missing` when there is no key that can be used.
   */
  clientFor(userId: string): Promise<OpenRouterClient>;
  /** Lets go of the user's client, and of the key in it. */
  forget(userId: string): void;
  /** Lets go of those that nobody has asked for in a while. */
  forgetIdle(): void;
}

export interface UserClientsOptions {
  /** Whose connections and catalogue are shared. */
  server: Pick<OpenRouterClient, 'withKey'>;
  keys: Pick<UserKeyService, 'read'>;
  /** Epoch milliseconds. */
  now: () => number;
  /** The one that was not asked for longest makes room. @defaultValue 1000, some kilobytes each */
  maxClients?: number;
}

/** Longer than any pause in a conversation that is still going on. */
const IDLE_MS = 30 * 60_000;
const MAX_CLIENTS = 1_000;

interface Entry {
  version: string;
  client: OpenRouterClient;
  usedAt: number;
}

/**
 * Looks the stored key up each time it is asked: one that was replaced, deleted or has expired is not
 * used again, whichever server of several was told so.
 */
export function createUserClients(options: UserClientsOptions): UserClients {
  const { server, keys, now, maxClients = MAX_CLIENTS } = options;
  /** Latest use last. */
  const entries = new Map<string, Entry>();

  return {
    async clientFor(userId) {
      const { version, secret } = await keys.read(userId).catch((error: unknown) => {
        entries.delete(userId);
        throw error;
      });
      const known = entries.get(userId);
      const client = known?.version === version ? known.client : server.withKey(secret);
      entries.delete(userId);
      entries.set(userId, { version, client, usedAt: now() });
      const [longestUnused] = entries.keys();
      if (entries.size > maxClients && longestUnused !== undefined) entries.delete(longestUnused);
      return client;
    },
    forget(userId) {
      entries.delete(userId);
    },
    forgetIdle() {
      for (const [userId, { usedAt }] of entries) {
        if (now() - usedAt < IDLE_MS) return;
        entries.delete(userId);
      }
    },
  };
}

import type { Logger, OpenRouterClient } from '@openrouter-native/openrouter';
import type { UserClients as PluginUserClients } from '@openrouter-native/plugin';
import type { RequestHandler, Router } from 'express';
import type { Queries } from '../database/database.ts';
import { createKeyConnects } from '../database/key-connects.ts';
import { createUserKeys } from '../database/user-keys.ts';
import { identityOf } from '../middleware/require-auth.ts';
import { createKeysRouter, type KeyLimits } from '../routes/keys.ts';
import { createConnectService } from './connect-service.ts';
import { createSecretBox } from './secret-box.ts';
import { createUserClients } from './user-clients.ts';
import { createUserKeyService } from './user-key-service.ts';

/** Everything about the keys that users bring. */
export interface Keys {
  /** For `/api/keys`. */
  router: Router;
  /** What the plugin asks with; `undefined` where the server asks for everybody. */
  users: PluginUserClients | undefined;
  close(): Promise<void>;
}

export interface KeysOptions {
  queries: Queries;
  /** `CREDS_KEY`. */
  secret: string;
  /** Asks without a key, and lends its connections; `null` where users bring no keys. */
  client: OpenRouterClient | null;
  appTitle: string;
  /** Where people open the page. */
  publicUrl: string;
  requireAuth: RequestHandler;
  limits: KeyLimits;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

const SWEEP_MS = 5 * 60_000;

/** Puts the pieces together. What has expired is erased every few minutes until `close`. */
export function createKeys(options: KeysOptions): Keys {
  const { queries, client, now, logger } = options;
  const box = createSecretBox(options.secret);
  const keys = createUserKeyService({ userKeys: createUserKeys(queries), box, now });
  const connects = createKeyConnects(queries);
  const clients = client && createUserClients({ server: client, keys, now });
  const connect =
    client &&
    createConnectService({ client, connects, keys, box, keyLabel: options.appTitle, now, logger });

  async function sweep(): Promise<void> {
    clients?.forgetIdle();
    try {
      await keys.eraseExpired();
      await connects.deleteExpired(new Date(now()));
    } catch (error) {
      logger.warn('Expired keys could not be erased; it is tried again', { error });
    }
  }
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep);
  }, SWEEP_MS).unref();

  return {
    router: createKeysRouter({
      keys,
      connect,
      forget: (userId) => clients?.forget(userId),
      requireAuth: options.requireAuth,
      publicUrl: options.publicUrl,
      limits: options.limits,
      logger,
    }),
    users: clients
      ? {
          userOf: (_request, response) => identityOf(response).userId,
          clientFor: (userId) => clients.clientFor(userId),
        }
      : undefined,
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}

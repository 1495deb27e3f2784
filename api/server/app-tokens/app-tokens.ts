import type { Logger, OpenRouterClient } from '@openrouter-native/openrouter';
import type { OpenRouterPlugin, UserClients } from '@openrouter-native/plugin';
import { Router, type RequestHandler } from 'express';
import { createListedModels } from '../agents/listed-models.ts';
import type { RouteSettings } from '../config/routes.ts';
import { createAppTokens } from '../database/app-tokens.ts';
import type { Queries } from '../database/database.ts';
import { createTokenSpending } from '../database/token-spending.ts';
import { createRequireCaller } from '../middleware/require-caller.ts';
import { createAdminTokensRouter, createTokensRouter, type TokenLimits } from '../routes/tokens.ts';
import { allowedRoutes } from '../services/allowed-routes.ts';
import { createAskCost } from './ask-cost.ts';
import { toCaller, type TokenCaller } from './caller.ts';
import { createKnownTokens } from './known-tokens.ts';
import { createTokenBudget } from './token-budget.ts';

/** Everything about the tokens of apps. */
export interface AppTokenService {
  /** For `/api/tokens`. */
  router: Router;
  /** For `/api/admin/tokens`. */
  adminRouter: Router;
  /** Lets people and apps pass; for `/api/openrouter` only. */
  requireCaller: RequestHandler;
  /** Books what is still open at its worst. Comes after the last answer. */
  close(): Promise<void>;
}

export interface AppTokenOptions {
  queries: Queries;
  /** Asks for everybody, where users bring no keys; `null` without a provider. */
  client: OpenRouterClient | null;
  /** Whose key is used, where users bring theirs. */
  users: UserClients | undefined;
  /** Which models the server allows, at which price. @throws when none are known. */
  models: OpenRouterPlugin['models'];
  /** With chains of allowed models only; `null` without a provider. */
  routes: RouteSettings | null;
  requireAuth: RequestHandler;
  requireAdmin: RequestHandler;
  limits: TokenLimits;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/** How exactly the last use of a token is known. */
const TOUCH_MS = 60_000;

/** Puts the pieces together. */
export function createAppTokenService(options: AppTokenOptions): AppTokenService {
  const { queries, client, users, models, routes, requireAuth, requireAdmin, limits, now, logger } =
    options;
  const tokens = createAppTokens(queries);
  const closing = new AbortController();
  const works = new Set<Promise<void>>();

  function track(work: Promise<void>): void {
    const noted = work
      .catch((error: unknown) =>
        logger.warn('The use of an app token could not be noted', { error }),
      )
      .finally(() => works.delete(noted));
    works.add(noted);
  }

  const budget = createTokenBudget({
    spending: createTokenSpending(queries),
    list: async () => createListedModels(await models()),
    fallbacksFor: (patterns) => (routes ? allowedRoutes(routes, patterns ?? []).fallbacks : {}),
    askCost: createAskCost({
      async clientFor(userId) {
        if (users) return users.clientFor(userId);
        if (!client) throw new Error('There is nobody to ask');
        return client;
      },
      signal: closing.signal,
    }),
    track,
    now,
    logger,
  });
  const known = createKnownTokens({ tokens, toCaller: (token) => toCaller(token, budget), now });

  const touch = (caller: TokenCaller) => {
    const at = now();
    if (caller.lastUsedAt !== null && at - caller.lastUsedAt < TOUCH_MS) return;
    caller.lastUsedAt = at; // So that it is written once, however many requests come.
    track(tokens.touch(caller.tokenId, new Date(at), new Date(at - TOUCH_MS)));
  };

  const dependencies = {
    tokens,
    forget: (hash: string) => known.forget(hash),
    requireAuth,
    requireAdmin,
    limits,
    now,
    logger,
  };
  return {
    router: createTokensRouter(dependencies),
    adminRouter: createAdminTokensRouter(dependencies),
    requireCaller: createRequireCaller({
      requireAuth,
      tokens: {
        find: (hash) => known.find(hash),
        has: (hash) => known.has(hash),
        touch,
      },
      limit: limits.wrongPerAddress,
      now,
    }),
    async close() {
      closing.abort();
      while (works.size > 0) await Promise.all(works);
    },
  };
}

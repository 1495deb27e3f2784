import { createAllowedModels, RequestError, type Permit } from '@openrouter-native/plugin';
import type { AppTokenScope } from '@openrouter-native/protocol';
import type { StoredAppToken } from '../database/schema.ts';
import type { TokenBudget } from './token-budget.ts';

/** Somebody who came with an app token: on whose behalf, and what may be done. */
export interface TokenCaller {
  tokenId: string;
  userId: string;
  /** Epoch milliseconds; `null` = never. */
  expiresAt: number | null;
  /** Epoch milliseconds; `null` = never. */
  lastUsedAt: number | null;
  permit: Permit & { scopes: readonly AppTokenScope[] };
}

/** What a token lets its bearer do. */
export function toCaller(token: StoredAppToken, budget: TokenBudget): TokenCaller {
  const models = token.models && createAllowedModels(token.models);
  return {
    tokenId: token.id,
    userId: token.userId,
    expiresAt: token.expiresAt?.getTime() ?? null,
    lastUsedAt: token.lastUsedAt?.getTime() ?? null,
    permit: {
      scopes: token.scopes,
      ...(models && {
        models: {
          includes: (model) => models.includes(model),
          check: (request) => inItsWords(() => models.check(request)),
        },
      }),
      admit: (request) => budget.admit(token, request),
    },
  };
}

/** An admin cannot help here: the list belongs to the token. */
function inItsWords(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new RequestError(error.reason, error.message.replace('here', 'with this app token'), {
      ...error.details,
      action:
        'Choose one of the models that GET /api/openrouter/models lists, or use another token.',
    });
  }
}

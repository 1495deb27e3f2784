import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import {
  createAppTokenSchema,
  type AppToken,
  type CreatedAppToken,
  type OwnedAppToken,
} from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';
import { issueToken } from '../app-tokens/issue.ts';
import { monthOf } from '../app-tokens/month.ts';
import type { AppTokens } from '../database/app-tokens.ts';
import type { StoredAppToken } from '../database/schema.ts';
import { spentThisMonth } from '../database/token-spending.ts';
import { limitByUser, type Limit } from '../middleware/auth-limits.ts';
import { parseBody, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** The limits of app tokens. Counted in this process. */
export interface TokenLimits {
  /** Requests with a wrong token from one address. */
  wrongPerAddress: Limit;
  /** Tokens that one user creates. */
  createsPerUser: Limit;
}

const MINUTE_MS = 60_000;

/** As generous as sign-in is. */
export const defaultTokenLimits: TokenLimits = {
  wrongPerAddress: { windowMs: 5 * MINUTE_MS, requests: 50 },
  createsPerUser: { windowMs: 10 * MINUTE_MS, requests: 60 },
};

/** What the routes work with. */
export interface TokenRouteDependencies {
  tokens: AppTokens;
  /** Called with the hash of a token that was revoked. */
  forget: (hash: string) => void;
  requireAuth: RequestHandler;
  requireAdmin: RequestHandler;
  limits: TokenLimits;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

/** `/api/tokens`: the tokens of whoever is signed in. */
export function createTokensRouter(dependencies: TokenRouteDependencies): Router {
  const { tokens, requireAuth, limits, now } = dependencies;
  const router = Router();
  router.use(noStore, requireAuth);
  router
    .route('/')
    .get(async (_request, response) => {
      const stored = await tokens.list(identityOf(response).userId);
      response.json({ data: stored.map((token) => toAppToken(token, now())) });
    })
    .post(limitByUser(limits.createsPerUser), smallJsonBody, createCreateHandler(dependencies))
    .all(refuseOtherMethods('GET, POST'));
  router
    .route('/:id')
    .delete(createRevokeHandler(dependencies, (response) => identityOf(response).userId))
    .all(refuseOtherMethods('DELETE'));
  return router;
}

/** `/api/admin/tokens`: the tokens of all users. */
export function createAdminTokensRouter(dependencies: TokenRouteDependencies): Router {
  const { tokens, requireAdmin, now } = dependencies;
  const router = Router();
  router.use(noStore, requireAdmin);
  router
    .route('/')
    .get(async (_request, response) => {
      const stored = await tokens.listAll();
      const data = stored.map(({ token, owner }): OwnedAppToken => ({
        ...toAppToken(token, now()),
        owner,
      }));
      response.json({ data });
    })
    .all(refuseOtherMethods('GET'));
  router
    .route('/:id')
    .delete(createRevokeHandler(dependencies, () => null))
    .all(refuseOtherMethods('DELETE'));
  return router;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store'); // One answer holds a token.
  next();
};

function createCreateHandler({ tokens, now, logger }: TokenRouteDependencies): RequestHandler {
  return async function handleCreate(request, response) {
    const { userId } = identityOf(response);
    const wanted = parseBody(request, createAppTokenSchema);
    const { stored, token } = await issueToken(userId, wanted, { tokens, now });
    logger.info('An app token was created', { userId, tokenId: stored.id });
    const answer: CreatedAppToken = { ...toAppToken(stored, now()), token };
    response.status(201).json(answer);
  };
}

function createRevokeHandler(
  { tokens, forget, logger }: TokenRouteDependencies,
  ownerOf: (response: Parameters<RequestHandler>[1]) => string | null,
): RequestHandler {
  return async function handleRevoke(request, response) {
    const id = String(request.params['id']);
    const hash = await tokens.delete(ownerOf(response), id);
    if (hash === null) throw new RequestError('not_found', 'There is no such app token.');
    forget(hash);
    logger.info('An app token was revoked', { userId: identityOf(response).userId, tokenId: id });
    response.json({ deleted: true });
  };
}

function toAppToken(token: StoredAppToken, at: number): AppToken {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    scopes: token.scopes,
    models: token.models,
    expires_at: token.expiresAt?.toISOString() ?? null,
    monthly_limit_usd: token.monthlyLimitUsd,
    spent_this_month_usd: spentThisMonth(token, monthOf(at)),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
    created_at: token.createdAt.toISOString(),
  };
}

import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import type { UserKey } from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';
import type { ConnectService } from '../keys/connect-service.ts';
import { readSubmittedKey, storeKeySchema } from '../keys/submitted-key.ts';
import { OPENROUTER, type UserKeyService } from '../keys/user-key-service.ts';
import { limitByAddress, limitByUser, type Limit } from '../middleware/auth-limits.ts';
import { parseBody, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';
import { createCallbackHandler, createConnectHandler } from './key-connect.ts';

/** The limits of the routes about keys. Counted in this process. */
export interface KeyLimits {
  /** Keys stored by one user. Taking one away is never refused. */
  storesPerUser: Limit;
  /** Ways to OpenRouter's page of consent that one user begins; each is a row until it expires. */
  connectsPerUser: Limit;
  /** Returns from it to one address. */
  returnsPerAddress: Limit;
}

const MINUTE_MS = 60_000;

/** Nobody needs more, and an office behind one address comes back as often as it sets out. */
export const defaultKeyLimits: KeyLimits = {
  storesPerUser: { windowMs: 10 * MINUTE_MS, requests: 30 },
  connectsPerUser: { windowMs: 10 * MINUTE_MS, requests: 20 },
  returnsPerAddress: { windowMs: 5 * MINUTE_MS, requests: 100 },
};

/** What the routes work with. */
export interface KeyRouteDependencies {
  keys: UserKeyService;
  /** `null` where users bring no keys. What they brought before can still be looked up and deleted. */
  connect: ConnectService | null;
  /** Called when a user's key is another one, or none any more. */
  forget: (userId: string) => void;
  requireAuth: RequestHandler;
  /** Where people open the page. */
  publicUrl: string;
  limits: KeyLimits;
  logger: Logger;
}

/** The keys that users bring, in LibreChat's shapes, and "Connect with OpenRouter". */
export function createKeysRouter(dependencies: KeyRouteDependencies): Router {
  const { connect, requireAuth, limits } = dependencies;
  const requireBringing = createRequireBringing(connect !== null);
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  // Who comes back from OpenRouter carries no access token, only a cookie.
  router.head('/openrouter/callback', refuseOtherMethods('GET')); // Looking must not use the code up.
  router.get(
    '/openrouter/callback',
    limitByAddress(limits.returnsPerAddress),
    createCallbackHandler(dependencies),
  );
  router.all('/openrouter/callback', refuseOtherMethods('GET'));

  router.use(requireAuth);
  router.get('/', createFindHandler(dependencies));
  router.put(
    '/',
    requireBringing,
    limitByUser(limits.storesPerUser),
    smallJsonBody,
    createStoreHandler(dependencies),
  );
  router.delete('/', createDeleteAllHandler(dependencies));
  router.all('/', refuseOtherMethods('GET, PUT, DELETE'));
  router.post(
    '/openrouter/connect',
    requireBringing,
    limitByUser(limits.connectsPerUser),
    createConnectHandler(dependencies),
  );
  router.all('/openrouter/connect', refuseOtherMethods('POST'));
  router.delete('/:name', createDeleteHandler(dependencies));
  router.all('/:name', refuseOtherMethods('DELETE'));
  return router;
}

function createRequireBringing(isBringing: boolean): RequestHandler {
  return function requireBringing(_request, _response, next) {
    if (isBringing) return next();
    throw new RequestError(
      'permission_denied',
      'This server asks OpenRouter with a key of its own, so users do not bring theirs.',
      { action: 'An admin can change that with OPENROUTER_API_KEY=user_provided.' },
    );
  };
}

function createFindHandler({ keys }: KeyRouteDependencies): RequestHandler {
  return async function handleFind(request, response) {
    const isOurs = request.query['name'] === OPENROUTER;
    const found = isOurs ? await keys.find(identityOf(response).userId) : null;
    const answer: UserKey = {
      expiresAt: found && (found.expiresAt?.toISOString() ?? 'never'),
    };
    response.json(answer);
  };
}

function createStoreHandler({ keys, forget }: KeyRouteDependencies): RequestHandler {
  return async function handleStore(request, response) {
    const { name, value, expiresAt } = parseBody(request, storeKeySchema);
    if (name !== OPENROUTER) {
      throw new RequestError('invalid_request', 'There is no such provider to bring a key for.', {
        action: `Use the name ${OPENROUTER}.`,
      });
    }
    const { userId } = identityOf(response);
    await keys.store(userId, readSubmittedKey(value), expiresAt);
    forget(userId);
    response.status(201).end();
  };
}

function createDeleteHandler({ keys, forget }: KeyRouteDependencies): RequestHandler {
  return async function handleDelete(request, response) {
    const { userId } = identityOf(response);
    if (request.params['name'] === OPENROUTER) await keys.delete(userId);
    forget(userId);
    response.status(204).end();
  };
}

function createDeleteAllHandler({ keys, forget }: KeyRouteDependencies): RequestHandler {
  return async function handleDeleteAll(request, response) {
    if (request.query['all'] !== 'true') {
      throw new RequestError('invalid_request', 'Say all=true to delete every key, or name one.');
    }
    const { userId } = identityOf(response);
    await keys.deleteAll(userId);
    forget(userId);
    response.status(204).end();
  };
}

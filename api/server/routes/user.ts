import { RequestError } from '@openrouter-native/plugin';
import type { RequestHandler } from 'express';
import { toPublicUser } from '../auth/public-user.ts';
import type { Users } from '../database/users.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** `GET /api/user`: the account that sends the request. */
export function createUserHandler(users: Users): RequestHandler {
  return async function handleUser(_request, response) {
    const user = await users.findById(identityOf(response).userId);
    if (!user) throw new RequestError('unauthenticated', 'This account does not exist any more.');
    response.set('Cache-Control', 'no-store').json(toPublicUser(user));
  };
}

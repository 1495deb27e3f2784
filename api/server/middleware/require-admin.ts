import { RequestError } from '@openrouter-native/plugin';
import type { RequestHandler } from 'express';
import type { Users } from '../database/users.ts';
import { identityOf } from './require-auth.ts';

/** Lets admins pass. Looks the role up each time, so that taking it away works at once. */
export function createRequireAdmin(users: Users): RequestHandler {
  return async function requireAdmin(_request, response, next) {
    const user = await users.findById(identityOf(response).userId);
    if (user?.role !== 'ADMIN') {
      throw new RequestError('admin_required', 'Only an admin may see this.');
    }
    next();
  };
}

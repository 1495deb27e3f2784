import { RequestError } from '@openrouter-native/plugin';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { localRequest } from '../auth/purpose-token.ts';
import { issueLocalToken } from '../auth/local-token.ts';
import type { AccessTokens } from '../auth/access-token.ts';
import type { Users } from '../database/users.ts';
import { bearerOf } from '../middleware/require-auth.ts';
import { parseBody } from '../middleware/read-body.ts';

/** What the route works with. */
export interface LocalTokenDependencies {
  users: Users;
  accessTokens: AccessTokens;
  /** The secret that signs access tokens: who has it could sign one anyway. */
  secret: string;
  now: () => number;
}

const bodySchema = z.object({ email: z.string().max(254).nullable() });

/**
 * `POST /api/auth/local-token`: what `npm run token` asks while the server has the embedded database
 * open. Answers only to someone who knows the server's secret.
 */
export function createLocalTokenHandler(dependencies: LocalTokenDependencies): RequestHandler {
  return async function handleLocalToken(request, response) {
    const proof = bearerOf(request);
    if (proof === undefined || !(await localRequest.isValid(proof, dependencies.secret))) {
      throw new RequestError('unauthenticated', 'This is for commands on the server itself.');
    }
    const { email } = parseBody(request, bodySchema);
    response.json(await issueLocalToken(email, dependencies));
  };
}

import { RequestError } from '@openrouter-native/plugin';
import { z } from 'zod';
import type { User } from '../database/schema.ts';
import type { Users } from '../database/users.ts';
import type { AccessTokens } from './access-token.ts';

/** An access token for use outside the browser. */
export const localTokenSchema = z.object({
  token: z.string(),
  email: z.string(),
  /** ISO 8601. */
  expires_at: z.string(),
});
/** See {@link localTokenSchema}. */
export type LocalToken = z.infer<typeof localTokenSchema>;

/** A working day: nobody wants to fetch a new token for curl every quarter of an hour. */
const LIFETIME_MS = 12 * 60 * 60 * 1000;
const MAX_LISTED = 10;

/**
 * Makes an access token for an account of this server.
 *
 * @throws as {@link findAccount}.
 */
export async function issueLocalToken(
  email: string | null,
  dependencies: { users: Users; accessTokens: AccessTokens; now: () => number },
): Promise<LocalToken> {
  const { users, accessTokens, now } = dependencies;
  const user = await findAccount(users, email);
  return {
    token: await accessTokens.sign({ userId: user.id }, LIFETIME_MS),
    email: user.email,
    expires_at: new Date(now() + LIFETIME_MS).toISOString(),
  };
}

/**
 * The account that a command is about.
 *
 * @param email - `null` takes the only account there is.
 * @throws RequestError `not_found` when there is no such account, `invalid_request` when several
 *   could be meant.
 */
export async function findAccount(users: Users, email: string | null): Promise<User> {
  if (email === null) return onlyUser(users);
  const user = await users.findByEmail(email);
  if (user) return user;
  throw new RequestError('not_found', `There is no account with the address ${email}.`);
}

async function onlyUser(users: Users) {
  const [first, ...others] = await users.list(MAX_LISTED);
  if (!first) {
    throw new RequestError('not_found', 'There is no account yet. Open the page and create one.');
  }
  if (others.length > 0) {
    const emails = [first, ...others].map(({ email }) => email).join(', ');
    throw new RequestError('invalid_request', `Choose an account with --email: ${emails}.`);
  }
  return first;
}

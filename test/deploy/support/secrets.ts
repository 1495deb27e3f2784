import { randomBytes } from 'node:crypto';

/** What a server in production has to be given; new ones each time. */
export function freshSecrets(): Record<string, string> {
  const names = ['JWT_SECRET', 'JWT_REFRESH_SECRET', 'CREDS_KEY'];
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('hex')]));
}

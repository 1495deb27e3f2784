import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with the parameters that OWASP recommends: 19 MiB, two passes, one lane. About 20 ms on
 * a small server, off the main thread.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Stands in for the hash of an account that does not exist. */
let nobodysHash: Promise<string> | undefined;

/** @returns The hash with its parameters and salt, ready to be stored. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

/**
 * Checks a password. Takes the same time with and without an account, so that the time does not
 * tell which addresses are registered.
 *
 * @param storedHash - `null` when there is no such account; then the answer is `false`.
 */
export async function verifyPassword(
  storedHash: string | null,
  password: string,
): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const isRight = await verify(storedHash ?? (await nobodysHash), password);
  return storedHash !== null && isRight;
}

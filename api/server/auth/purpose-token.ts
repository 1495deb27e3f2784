import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** A token that opens one thing for a short time, among programs that know the same secret. */
export interface PurposeToken {
  sign(secret: string): Promise<string>;
  /** True for what `sign` made with the same secret within its lifetime. */
  isValid(token: string, secret: string): Promise<boolean>;
}

/** @param purpose - The audience of the token: one for another purpose is not accepted. */
export function createPurposeToken(purpose: string, lifetimeSeconds: number): PurposeToken {
  return {
    sign: (secret) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setAudience(purpose)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(createSecretKey(Buffer.from(secret))),
    async isValid(token, secret) {
      try {
        await jwtVerify(token, createSecretKey(Buffer.from(secret)), {
          algorithms: ['HS256'],
          audience: purpose,
          maxTokenAge: lifetimeSeconds,
        });
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Proves to the running server that a command on the same machine knows its secret. Used at once. */
export const localRequest = createPurposeToken('local-command', 60);

/**
 * For the doctor's own measurements: it opens the timed events and the state of the configuration, and
 * nothing else, because it may be sent to whatever answers at the public address. Two slow checks use it
 * one after the other.
 */
export const doctorToken = createPurposeToken('doctor', 120);

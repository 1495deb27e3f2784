import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

const AUDIENCE = 'local-command';
const LIFETIME_SECONDS = 60; // It is used at once, on the same machine.

/** Proves to the running server that a command knows its secret. */
export function signLocalRequest(secret: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(createSecretKey(Buffer.from(secret)));
}

/** True for what {@link signLocalRequest} made with the same secret less than a minute ago. */
export async function isLocalRequest(token: string, secret: string): Promise<boolean> {
  try {
    await jwtVerify(token, createSecretKey(Buffer.from(secret)), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      maxTokenAge: LIFETIME_SECONDS,
    });
    return true;
  } catch {
    return false;
  }
}

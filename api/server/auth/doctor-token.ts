import { createSecretKey } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

const AUDIENCE = 'doctor';
const LIFETIME_SECONDS = 120; // Two slow checks use it one after the other.

/**
 * A token for the doctor's own measurements: it opens the timed events and the state of the
 * configuration, and nothing else, because it may be sent to whatever answers at the public address.
 */
export function signDoctorToken(secret: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(createSecretKey(Buffer.from(secret)));
}

/** True for what {@link signDoctorToken} made with the same secret within its lifetime. */
export async function isDoctorToken(token: string, secret: string): Promise<boolean> {
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

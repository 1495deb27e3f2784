import type { UserKey } from '@openrouter-native/protocol';

/** Whether the host does not use a stored key any more. */
export function isExpired({ expiresAt }: UserKey, now: number = Date.now()): boolean {
  return expiresAt !== null && expiresAt !== 'never' && Date.parse(expiresAt) <= now;
}

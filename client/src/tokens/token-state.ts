import type { AppToken } from '@openrouter-native/protocol';

/** Whether it works no longer. @param now - Epoch milliseconds. */
export function isExpired({ expires_at: at }: AppToken, now = Date.now()): boolean {
  return at !== null && Date.parse(at) <= now;
}

/** Milliseconds since it was used; `null` = never. @param now - Epoch milliseconds. */
export function unusedMs({ last_used_at: at }: AppToken, now = Date.now()): number | null {
  return at === null ? null : Math.max(0, now - Date.parse(at));
}

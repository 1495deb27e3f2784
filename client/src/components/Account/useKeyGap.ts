import { useUserKey } from '@openrouter-native/react';
import { useHostConfig } from '../../host/queries.ts';
import { isExpired } from './key-state.ts';

/** `none`: there is no gap, also where nobody brings a key. `unknown`: not known yet. */
export type KeyGap = 'none' | 'missing' | 'expired' | 'unknown';

/** Whether nothing can be asked because people bring their keys here, and this one has not. */
export function useKeyGap(): KeyGap {
  const { data: config } = useHostConfig();
  const isBrought = config?.openrouter.mode === 'user_provided';
  const { key, error } = useUserKey(isBrought);
  if (!isBrought || error) return 'none';
  if (!key) return 'unknown';
  if (key.expiresAt === null) return 'missing';
  return isExpired(key) ? 'expired' : 'none';
}

import type { ErrorBody, ErrorReason } from '@openrouter-native/protocol';

/** A place where something can be done about a failure. */
export interface ReasonLink {
  /** An address of the web, or a path of this page. */
  to: string;
  label: 'addCredits' | 'openKeys' | 'openPrivacy' | 'openStatus' | 'storeKey';
}

const credits: ReasonLink = {
  to: 'https://openrouter.ai/settings/credits',
  label: 'addCredits',
};
const keys: ReasonLink = { to: 'https://openrouter.ai/settings/keys', label: 'openKeys' };

const links: Partial<Record<ErrorReason, ReasonLink>> = {
  insufficient_credits: credits,
  can_only_afford: credits,
  negative_balance: credits,
  key_invalid: keys,
  key_disabled: keys,
  key_limit_exceeded: keys,
  data_policy: { to: 'https://openrouter.ai/settings/privacy', label: 'openPrivacy' },
  upstream_unreachable: { to: 'https://status.openrouter.ai', label: 'openStatus' },
};

/** Where its reader can do something about it; `null` where nowhere in particular. */
export function linkFor({
  reason,
  metadata,
}: Pick<ErrorBody['error'], 'reason' | 'metadata'>): ReasonLink | null {
  // Only the key of a reader is told to be stored or not.
  if (reason === 'key_missing' && metadata['stored'] !== undefined) {
    return { to: '/account', label: 'storeKey' };
  }
  return links[reason] ?? null;
}

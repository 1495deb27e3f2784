import type { KeyInfo } from '@openrouter-native/protocol';
import { failed, NETWORK, ok, skipped, warning, type Check, type Finding } from '../check.ts';
import { usd } from '../money.ts';
import { foundTrouble } from '../trouble.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 7;
const LOW_SHARE = 0.05; // Of its limit: about when a month's key begins to fail its users.

/** Is the key valid, of the right kind, within its limit and its time? */
export const checkKey: Check = {
  id: 'key',
  title: 'The key itself (/key)',
  needs: NETWORK,
  async run({ apiKey, mode, upstream, now }) {
    if (mode === 'user_provided') return skipped('Each user brings a key; the server has none.');
    if (apiKey === null) return skipped('There is no key that could be sent.');
    const { value, trouble } = await upstream.key();
    return trouble ? foundTrouble(trouble) : judge(value, now());
  },
};

function judge(key: KeyInfo, now: number): Finding {
  const evidence = describe(key);
  if (key.is_management_key) return failed('management_key_used', ...evidence);
  const expiresAt = key.expires_at ? Date.parse(key.expires_at) : Number.NaN;
  if (expiresAt <= now) return failed('key_disabled', ...evidence);

  const { limit, limit_remaining: left } = key;
  if (typeof left === 'number' && left <= 0) return failed('key_limit_exceeded', ...evidence);
  if (typeof left === 'number' && typeof limit === 'number' && left <= limit * LOW_SHARE) {
    return warning('key_limit_low', ...evidence);
  }
  if (expiresAt < now + SOON_DAYS * DAY_MS) return warning('key_expires', ...evidence);
  return ok(...evidence);
}

function describe(key: KeyInfo): string[] {
  const { limit, limit_remaining: left, limit_reset: reset, expires_at: expiry } = key;
  const cap =
    typeof limit === 'number'
      ? `Limit ${usd(limit)}, of which ${typeof left === 'number' ? usd(left) : 'an unknown part'} is left${reset ? `, reset ${reset}` : ''}.`
      : 'No limit of its own; the balance of the account is another matter.';
  return [
    key.is_management_key ? 'A management key.' : 'An ordinary key, for models.',
    cap,
    ...(typeof key.usage === 'number' ? [`Spent so far: ${usd(key.usage)}.`] : []),
    expiry ? `Expires at ${expiry}.` : 'It does not expire.',
    ...(key.is_free_tier ? ['The account never bought credits.'] : []),
  ];
}

import { NETWORK, ok, skipped, warning, type Check } from '../check.ts';
import { maskKey } from '../mask.ts';
import type { Upstream } from '../upstream.ts';

const MAX_ASKED = 20; // As many lines as somebody reads.

/** Do the other keys work, which are tried after the first one? */
export const checkMoreKeys: Check = {
  id: 'more_keys',
  title: 'Other keys of the pool',
  needs: NETWORK,
  async run({ mode, moreKeys, upstream }) {
    if (mode === 'user_provided')
      return skipped('Users bring keys of their own; no others are used.');
    if (moreKeys.length === 0)
      return ok('There is one key only; OPENROUTER_API_KEYS may name more.');
    const asked = moreKeys.slice(0, MAX_ASKED);
    const problems = await Promise.all(asked.map((key) => problemOf(key, upstream)));
    const evidence = asked.map((key, at) => `${maskKey(key)}: ${problems[at] ?? 'works'}.`);
    return problems.every((problem) => problem === null)
      ? ok(...evidence)
      : warning('pooled_key_invalid', ...evidence);
  },
};

async function problemOf(key: string, upstream: Upstream): Promise<string | null> {
  const { value, trouble } = await upstream.otherKey(key);
  if (trouble) return trouble.evidence[0]?.replace(/\.$/, '') ?? trouble.cause;
  if (value.is_management_key) return 'a management key, which may call no model';
  const left = value.limit_remaining;
  return typeof left === 'number' && left <= 0 ? 'its spending limit is used up' : null;
}

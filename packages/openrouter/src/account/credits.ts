import type { AccountCredits, Credits, KeyInfo } from '@openrouter-native/protocol';

/** Credits as upstream tells them now; when they were asked for is the asker's knowledge. */
export type CreditsReading = Omit<Credits, 'updated_at' | 'stale'>;

/**
 * One picture of the money from what each source may know. The account's totals need a management
 * key; the calling key only knows its own cap, and no cap means that the balance is unknown.
 *
 * Totals that are both zero are not believed: some ordinary keys are answered so.
 */
export function readCredits(account: AccountCredits | null, key: KeyInfo | null): CreditsReading {
  const limits = {
    limit: key?.limit ?? null,
    limit_remaining: key?.limit_remaining ?? null,
    is_free_tier: key?.is_free_tier ?? null,
  };
  if (account && (account.total_credits !== 0 || account.total_usage !== 0)) {
    return {
      balance: subtract(account.total_credits, account.total_usage),
      currency: 'USD',
      usage: account.total_usage,
      total: account.total_credits,
      ...limits,
      source: 'account',
    };
  }
  return {
    balance: limits.limit_remaining,
    currency: 'USD',
    usage: key?.usage ?? null,
    total: null,
    ...limits,
    source: 'key',
  };
}

/** US dollars to the tenth of a micro-dollar, without the noise of binary fractions. */
function subtract(total: number, usage: number): number {
  return Number((total - usage).toFixed(7));
}

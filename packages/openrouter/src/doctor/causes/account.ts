/** The account behind the key: another key of the same account would not help. */
export const accountCauses = {
  account_restricted: {
    kind: 'account',
    sentence:
      'The key is valid, the account is not: OpenRouter refuses even the question about the key itself.',
    action:
      'Sign in at https://openrouter.ai and see what the account is told; a new key would not help.',
    explains: ['permission_denied'],
  },
  negative_balance: {
    kind: 'account',
    sentence:
      'The key is valid, the account is not: it owes money, which blocks even the free models.',
    action: 'Add credits at https://openrouter.ai/settings/credits.',
  },
  insufficient_credits: {
    kind: 'account',
    sentence: 'The key is valid, the account is not: it has no credits left.',
    action: 'Add credits at https://openrouter.ai/settings/credits.',
  },
  can_only_afford: {
    kind: 'account',
    sentence: 'The key is valid, but the account cannot even afford a short answer.',
    action: 'Add credits at https://openrouter.ai/settings/credits.',
  },
  in_flight_budget: {
    kind: 'account',
    sentence: 'The key is valid, but running requests have reserved all credits of the account.',
    action: 'Wait for them to end, or add credits at https://openrouter.ai/settings/credits.',
  },
  free_tier_limit: {
    kind: 'account',
    sentence: 'The key is valid, but the account has used up its free requests for now.',
    action:
      'Wait until 00:00 UTC, choose a paid model, or buy 10 credits once for 1,000 free requests a day.',
  },
  rate_limited_platform: {
    kind: 'account',
    sentence: 'The key is valid, but OpenRouter holds the account back for too many requests.',
    action: 'Wait a moment, then run again.',
  },
  never_paid: {
    kind: 'account',
    sentence: 'The account never bought credits, so only free models answer.',
    action: 'Add credits at https://openrouter.ai/settings/credits to use the others.',
  },
} as const;

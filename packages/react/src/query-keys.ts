/** Where our answers live in the query cache; for a host that wants to read or invalidate them. */
export const queryKeys = {
  models: ['openrouter', 'models'],
  credits: ['openrouter', 'credits'],
  conversations: ['host', 'conversations'],
} as const;

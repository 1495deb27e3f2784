/** Where our answers live in the query cache; for a host that wants to read or invalidate them. */
export const queryKeys = {
  models: ['openrouter', 'models'],
  endpoints: ['openrouter', 'endpoints'],
  zeroRetention: ['openrouter', 'zero-retention'],
  credits: ['openrouter', 'credits'],
  conversations: ['host', 'conversations'],
  favorites: ['host', 'favorites'],
  recentModels: ['host', 'recent-models'],
  presets: ['host', 'presets'],
  userKey: ['host', 'user-key'],
  appTokens: ['host', 'app-tokens'],
  files: ['host', 'files'],
  agents: ['host', 'agents'],
  agentTools: ['host', 'agent-tools'],
} as const;

/** Where the host's own answers live in the query cache. */
export const hostKeys = {
  config: ['host', 'config'],
  endpoints: ['host', 'endpoints'],
  providerStatus: ['host', 'provider-status'],
} as const;

import type { Credits, Model } from '@openrouter-native/protocol';

/** A model of the catalogue, priced per token. */
export function aModel(fields: Partial<Model> = {}): Model {
  return {
    id: 'anthropic/claude-haiku-4.5',
    name: 'Anthropic: Claude Haiku 4.5',
    context_length: 200_000,
    pricing: { prompt: '0.000001', completion: '0.000005' },
    ...fields,
  };
}

/** An account with $12.50 left of $20. */
export function someCredits(fields: Partial<Credits> = {}): Credits {
  return {
    balance: 12.5,
    currency: 'USD',
    usage: 7.5,
    total: 20,
    limit: null,
    limit_remaining: null,
    is_free_tier: false,
    source: 'account',
    updated_at: '2026-10-01T12:00:00.000Z',
    stale: false,
    ...fields,
  };
}

import type { Endpoint, Model } from '@openrouter-native/protocol';

/** A model that costs $1 in and $5 out per million tokens, of which the catalogue says nothing else. */
export function aModel(fields: Partial<Model> = {}): Model {
  return {
    id: 'anthropic/claude-haiku-4.5',
    name: 'Anthropic: Claude Haiku 4.5',
    pricing: { prompt: '0.000001', completion: '0.000005' },
    ...fields,
  };
}

/** An offer of that model at these prices, in US dollars per million tokens. */
export function anEndpoint(tag: string, fields: Partial<Endpoint> = {}): Endpoint {
  return {
    name: `${tag} | claude`,
    provider_name: tag,
    tag,
    pricing: { prompt: '0.000001', completion: '0.000005' },
    ...fields,
  };
}

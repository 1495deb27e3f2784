import { perMillion, type Model } from '@openrouter-native/protocol';

/** Context window in tokens and prices in US dollars per million tokens; what is unknown is left out. */
export interface ModelPrices {
  context?: number;
  prompt?: number;
  completion?: number;
  cacheRead?: number;
  cacheWrite?: number;
}

/** The numbers of LibreChat's token-config, by model id. */
export function toModelPrices(models: readonly Model[]): Record<string, ModelPrices> {
  return Object.fromEntries(
    models.map(({ id, context_length: context, pricing }) => [
      id,
      {
        ...(context != null && { context }),
        ...price('prompt', pricing.prompt),
        ...price('completion', pricing.completion),
        ...price('cacheRead', pricing.input_cache_read),
        ...price('cacheWrite', pricing.input_cache_write),
      },
    ]),
  );
}

function price(name: keyof ModelPrices, perToken: string | null | undefined): ModelPrices {
  const usd = perMillion(perToken);
  return usd === null ? {} : { [name]: Number(usd) };
}

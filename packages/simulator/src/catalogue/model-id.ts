/** Variants that only steer routing: they may be stacked, and never show in an answer's `model`. */
const ROUTING_VARIANTS = ['nitro', 'floor', 'exacto', 'online'] as const;
export type RoutingVariant = (typeof ROUTING_VARIANTS)[number];

/** A model id taken apart. */
export interface ModelId {
  /** The catalogue's row: `author/slug`, with a catalogue variant such as `:free` kept. */
  readonly row: string;
  readonly routing: readonly RoutingVariant[];
}

/**
 * Splits `author/slug:free:nitro` into the catalogue row `author/slug:free` and the routing variants.
 * Whether the row exists is not looked at.
 *
 * @see https://openrouter.ai/docs/features/model-routing
 */
export function parseModelId(id: string): ModelId {
  const [base = '', ...variants] = id.split(':');
  const routing = variants.filter(isRoutingVariant);
  const kept = variants.filter((variant) => !isRoutingVariant(variant));
  return { row: [base, ...kept].join(':'), routing };
}

/** The variant of a catalogue row (`free`, `batch`, …); `null` for a plain row. */
export function catalogueVariant(row: string): string | null {
  const colon = row.indexOf(':');
  return colon < 0 ? null : row.slice(colon + 1);
}

function isRoutingVariant(variant: string): variant is RoutingVariant {
  return (ROUTING_VARIANTS as readonly string[]).includes(variant);
}

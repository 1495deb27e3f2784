import { invalidField } from '../invalid.ts';
import { isObject, read, type JsonObject } from '../json.ts';

export type SortKey = 'price' | 'throughput' | 'latency' | 'exacto';
const SORT_KEYS: readonly SortKey[] = ['price', 'throughput', 'latency', 'exacto'];
const PERCENTILES = ['p50', 'p75', 'p90', 'p99'] as const;
const FIELDS = new Set([
  'order',
  'allow_fallbacks',
  'only',
  'ignore',
  'require_parameters',
  'data_collection',
  'zdr',
  'enforce_distillable_text',
  'quantizations',
  'sort',
  'preferred_min_throughput',
  'preferred_max_latency',
  'max_price',
]);

/** Bounds per percentile of a measurement. */
export type PercentileBounds = Partial<Record<(typeof PERCENTILES)[number], number>>;

/** The request's `provider` object, read and checked. */
export interface Preferences {
  readonly order: readonly string[] | null;
  readonly allowFallbacks: boolean;
  readonly only: readonly string[] | null;
  readonly ignore: readonly string[];
  readonly requireParameters: boolean;
  readonly denyDataCollection: boolean;
  readonly zdr: boolean;
  readonly quantizations: readonly string[] | null;
  readonly sort: SortKey | null;
  /** Sort the endpoints of all fallback models together. */
  readonly sortAcrossModels: boolean;
  /** Tokens per second. */
  readonly preferredMinThroughput: PercentileBounds | null;
  /** Seconds. */
  readonly preferredMaxLatency: PercentileBounds | null;
  /** US dollars per million tokens. */
  readonly maxPrice: { prompt: number | null; completion: number | null };
}

/**
 * Reads `provider` and its old companion `route`.
 *
 * @throws ApiError 400 for an unknown field or a value of the wrong kind.
 * @see https://openrouter.ai/docs/features/provider-routing
 */
export function readPreferences(body: JsonObject): Preferences {
  const provider = read.object(body, 'provider') ?? {};
  const unknown = Object.keys(provider).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw invalidField(`provider.${unknown}`, 'is not a known field');

  const sort = readSort(provider);
  const maxPrice = read.object(provider, 'max_price') ?? {};
  return {
    order: read.texts(provider, 'order'),
    allowFallbacks: read.flag(provider, 'allow_fallbacks') ?? true,
    only: read.texts(provider, 'only'),
    ignore: read.texts(provider, 'ignore') ?? [],
    requireParameters: read.flag(provider, 'require_parameters') ?? false,
    denyDataCollection:
      read.choice(provider, 'data_collection', ['allow', 'deny'] as const) === 'deny',
    zdr: read.flag(provider, 'zdr') ?? false,
    quantizations: read.texts(provider, 'quantizations'),
    sort: sort.by,
    sortAcrossModels:
      sort.acrossModels || read.choice(body, 'route', ['fallback', 'sort'] as const) === 'sort',
    preferredMinThroughput: readBounds(provider, 'preferred_min_throughput'),
    preferredMaxLatency: readBounds(provider, 'preferred_max_latency'),
    maxPrice: {
      prompt: readPrice(maxPrice, 'prompt'),
      completion: readPrice(maxPrice, 'completion'),
    },
  };
}

/** `"price"`, or `{ by: "price", partition: "none" }`. */
function readSort(provider: JsonObject): { by: SortKey | null; acrossModels: boolean } {
  if (!isObject(provider['sort'])) {
    return { by: read.choice(provider, 'sort', SORT_KEYS), acrossModels: false };
  }
  const partition = read.choice(provider['sort'], 'partition', ['model', 'none'] as const);
  return {
    by: read.choice(provider['sort'], 'by', SORT_KEYS),
    acrossModels: partition === 'none',
  };
}

/** A single number bounds the median. */
function readBounds(provider: JsonObject, field: string): PercentileBounds | null {
  if (!isObject(provider[field])) {
    const p50 = read.number(provider, field, 0);
    return p50 === null ? null : { p50 };
  }
  const bounds: PercentileBounds = {};
  for (const percentile of PERCENTILES) {
    const bound = read.number(provider[field], percentile, 0);
    if (bound !== null) bounds[percentile] = bound;
  }
  return bounds;
}

/** Strings by the schema; numbers are accepted as well. */
function readPrice(prices: JsonObject, field: string): number | null {
  const value = prices[field];
  if (value === undefined || value === null) return null;
  const price = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof price !== 'number' || !Number.isFinite(price) || price < 0) {
    throw invalidField(`provider.max_price.${field}`, 'must be a price per million tokens');
  }
  return price;
}

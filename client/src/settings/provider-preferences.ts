import { isObject, objectAt, withParameter, type ModelParameters } from './parameters.ts';

/** In which order providers are tried; `null` leaves that to OpenRouter, which prefers cheap and stable. */
export type ProviderSort = (typeof providerSorts)[number];
export const providerSorts = ['price', 'throughput', 'latency', 'exacto'] as const;

/** Precisions that OpenRouter tells apart, from the finest to the coarsest. */
export const quantizations = [
  'fp32',
  'bf16',
  'fp16',
  'fp8',
  'mxfp8',
  'int8',
  'fp6',
  'fp4',
  'nvfp4',
  'mxfp4',
  'int4',
  'unknown',
] as const;

/** Which providers may serve a model; names are routing slugs, such as `deepinfra` or `deepinfra/fp8`. */
export interface ProviderPreferences {
  /** Tried first, in this order. */
  order: readonly string[];
  /** Nobody else; empty = anybody. */
  only: readonly string[];
  ignore: readonly string[];
  sort: ProviderSort | null;
  /** Others are tried when the first one fails. */
  allowsFallbacks: boolean;
  /** No provider that stores or trains on prompts. */
  deniesCollection: boolean;
  /** Only providers that keep nothing. */
  isZeroRetention: boolean;
  /** Empty = any. */
  quantizations: readonly string[];
  /** US dollars per million tokens; `null` = any. */
  maxPromptUsd: number | null;
  maxCompletionUsd: number | null;
  /** Only providers that take every parameter that is sent. */
  requiresParameters: boolean;
}

export const noPreferences: ProviderPreferences = {
  order: [],
  only: [],
  ignore: [],
  sort: null,
  allowsFallbacks: true,
  deniesCollection: false,
  isZeroRetention: false,
  quantizations: [],
  maxPromptUsd: null,
  maxCompletionUsd: null,
  requiresParameters: false,
};

/** @see https://openrouter.ai/docs/features/provider-routing */
export function readPreferences(parameters: ModelParameters): ProviderPreferences {
  const provider = objectAt(parameters, 'provider');
  const sort = isObject(provider['sort']) ? provider['sort']['by'] : provider['sort'];
  const price = objectAt(provider, 'max_price');
  return {
    order: texts(provider['order']),
    only: texts(provider['only']),
    ignore: texts(provider['ignore']),
    sort: providerSorts.find((each) => each === sort) ?? null,
    allowsFallbacks: provider['allow_fallbacks'] !== false,
    deniesCollection: provider['data_collection'] === 'deny',
    isZeroRetention: provider['zdr'] === true,
    quantizations: texts(provider['quantizations']),
    maxPromptUsd: usd(price['prompt']),
    maxCompletionUsd: usd(price['completion']),
    requiresParameters: provider['require_parameters'] === true,
  };
}

/** Sends only what differs from OpenRouter's defaults, and leaves alone what has no field. */
export function writePreferences(
  parameters: ModelParameters,
  preferences: ProviderPreferences,
): ModelParameters {
  const before = objectAt(parameters, 'provider');
  const { sort, maxPromptUsd, maxCompletionUsd } = preferences;
  const price = withParameter(
    withParameter(objectAt(before, 'max_price'), 'prompt', maxPromptUsd),
    'completion',
    maxCompletionUsd,
  );
  const partition = isObject(before['sort']) ? before['sort']['partition'] : undefined;
  const sortBy = partition === undefined ? sort : { ...(sort && { by: sort }), partition };
  const written: Record<string, unknown> = {
    order: preferences.order,
    only: preferences.only,
    ignore: preferences.ignore,
    sort: sortBy,
    allow_fallbacks: preferences.allowsFallbacks ? null : false,
    data_collection: preferences.deniesCollection ? 'deny' : null,
    zdr: preferences.isZeroRetention ? true : null,
    quantizations: preferences.quantizations,
    max_price: price,
    require_parameters: preferences.requiresParameters ? true : null,
  };
  const provider = Object.entries(written).reduce(
    (current, [name, value]) => withParameter(current, name, value),
    before as ModelParameters,
  );
  return withParameter(parameters, 'provider', provider);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A number, or a decimal string as in OpenRouter's schema. */
function usd(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

import type { Model } from '@openrouter-native/protocol';
import { ApiError } from '../errors.ts';
import { endpointsOf } from '../endpoints/endpoints.ts';
import { authorOf, benchmark } from './catalogue.ts';

type Query = Readonly<Record<string, unknown>>;
type Keep = (model: Model) => boolean;

/** One page of the catalogue, as `GET /models` answers. */
export interface ModelPage {
  data: readonly Model[];
  total_count: number;
  links: { next: string | null };
}

/**
 * The catalogue as the query asks for it: filtered, sorted, and paged when `offset` or `limit` is
 * given. Models without text output are hidden unless `output_modalities` asks for them.
 *
 * @param path - Path of the route, for the link to the next page.
 * @throws {@link ApiError} 400 for a value that cannot be read.
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export function listModels(models: readonly Model[], query: Query, path: string): ModelPage {
  const keep = readFilters(query);
  const matching = models.filter((model) => keep.every((test) => test(model)));
  const sorted = sortModels(matching, readText(query, 'sort'));

  const paged = query['offset'] !== undefined || query['limit'] !== undefined;
  if (!paged) return { data: sorted, total_count: sorted.length, links: { next: null } };

  const offset = readInteger(query, 'offset', 0, Infinity) ?? 0;
  const limit = readInteger(query, 'limit', 1, 1000) ?? 500;
  const next = offset + limit;
  const link = new URLSearchParams({ ...asStrings(query), offset: `${next}`, limit: `${limit}` });
  return {
    data: sorted.slice(offset, next),
    total_count: sorted.length,
    links: { next: next < sorted.length ? `${path}?${link}` : null },
  };
}

function readFilters(query: Query): Keep[] {
  const filters: Keep[] = [outputFilter(readText(query, 'output_modalities') ?? 'text')];
  const search = readText(query, 'q')?.toLowerCase().split(/\s+/);
  if (search) {
    filters.push((model) => {
      const text = `${model.id} ${model.name} ${model.description ?? ''}`.toLowerCase();
      return search.every((word) => text.includes(word));
    });
  }
  for (const parameter of readList(query, 'supported_parameters')) {
    filters.push((model) => model.supported_parameters?.includes(parameter) ?? false);
  }
  for (const modality of readList(query, 'input_modalities')) {
    filters.push((model) => model.architecture?.input_modalities?.includes(modality) ?? false);
  }
  const authors = readList(query, 'model_authors');
  if (authors.length > 0) filters.push((model) => authors.includes(authorOf(model)));
  const providers = readList(query, 'providers');
  if (providers.length > 0) {
    filters.push((model) =>
      endpointsOf(model).some(({ provider }) => providers.includes(provider.slug)),
    );
  }
  if (readText(query, 'zdr') === 'true') {
    filters.push((model) =>
      endpointsOf(model).some(({ provider }) => provider.retains === 'nothing'),
    );
  }
  const context = readInteger(query, 'context', 1, Infinity);
  if (context !== null) filters.push((model) => (model.context_length ?? 0) >= context);
  for (const [name, price] of [
    ['price', 'prompt'],
    ['output_price', 'completion'],
  ] as const) {
    const low = readNumber(query, `min_${name}`);
    const high = readNumber(query, `max_${name}`);
    if (low !== null) filters.push((model) => perMillion(model, price) >= low);
    if (high !== null) filters.push((model) => perMillion(model, price) <= high);
  }
  return filters;
}

function outputFilter(wanted: string): Keep {
  if (wanted === 'all') return () => true;
  const modalities = wanted.split(',');
  return (model) => {
    const outputs = model.architecture?.output_modalities ?? ['text'];
    return modalities.some((modality) => outputs.includes(modality));
  };
}

type Compare = (one: Model, other: Model) => number;

const SORTS: Record<string, Compare> = {
  newest: (one, other) => (other.created ?? 0) - (one.created ?? 0),
  'pricing-low-to-high': (one, other) => perMillion(one, 'prompt') - perMillion(other, 'prompt'),
  'pricing-high-to-low': (one, other) => perMillion(other, 'prompt') - perMillion(one, 'prompt'),
  'context-high-to-low': (one, other) => (other.context_length ?? 0) - (one.context_length ?? 0),
  'intelligence-high-to-low': byIndex('intelligence_index'),
  'coding-high-to-low': byIndex('coding_index'),
  'agentic-high-to-low': byIndex('agentic_index'),
};

/** Popularity and speed over all users are not in the catalogue; such orders leave it as it is. */
const UNRANKED = new Set([
  'most-popular',
  'top-weekly',
  'throughput-high-to-low',
  'latency-low-to-high',
  'design-arena-elo-high-to-low',
]);

function sortModels(models: Model[], order: string | null): Model[] {
  if (order === null || UNRANKED.has(order)) return models;
  const compare = SORTS[order];
  if (!compare) throw invalid('sort');
  return models.toSorted(compare);
}

function byIndex(name: string): Compare {
  return (one, other) => benchmark(other, name) - benchmark(one, name);
}

/** Routers have no price of their own (`"-1"`); they sort and filter below the free models. */
function perMillion(model: Model, price: 'prompt' | 'completion'): number {
  return Number(model.pricing[price]) * 1e6;
}

function readText(query: Query, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function readList(query: Query, name: string): string[] {
  return readText(query, name)?.split(',') ?? [];
}

function readNumber(query: Query, name: string): number | null {
  const text = readText(query, name);
  if (text === null) return null;
  const value = Number(text);
  if (Number.isNaN(value)) throw invalid(name);
  return value;
}

function readInteger(query: Query, name: string, low: number, high: number): number | null {
  const value = readNumber(query, name);
  if (value === null) return null;
  if (!Number.isInteger(value) || value < low || value > high) throw invalid(name);
  return value;
}

function asStrings(query: Query): Record<string, string> {
  return Object.fromEntries(Object.keys(query).map((name) => [name, readText(query, name) ?? '']));
}

function invalid(name: string): ApiError {
  return new ApiError(400, `Invalid query parameter: ${name}`, {
    metadata: { error_type: 'invalid_request' },
  });
}

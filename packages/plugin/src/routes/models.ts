import type { Request, RequestHandler } from 'express';
import type { PermitOf } from '../permit.ts';
import { RequestError } from '../request-error.ts';
import type { Catalogue } from '../services/catalogue.ts';
import { pageOf, wholeList, type PageRequest } from '../services/model-page.ts';
import type { ZeroRetention } from '../services/zero-retention.ts';
import { sendEncoded } from './send-encoded.ts';

export interface ModelsRouteDependencies {
  catalogue: Catalogue;
  zeroRetention: ZeroRetention;
  permitOf: PermitOf;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * `GET /models`: `{ data: Model[], total_count, links }` from ready-made bytes. `?force=true` asks
 * upstream, at most once every few seconds. `ETag` saves the body, `Age` is in seconds. `?zdr=true`
 * leaves only models of which some provider keeps nothing, and a permit only those that it is for.
 * `?offset` and `?limit` ask for a page: OpenRouter's own client reads on until one is not full.
 */
export function createModelsHandler({
  catalogue,
  zeroRetention,
  permitOf,
  now,
}: ModelsRouteDependencies): RequestHandler {
  return async function handleModels(request, response) {
    const force = readForce(request);
    const page = readPage(request);
    const ids = readFlag(request, 'zdr') ? await zeroRetention.read() : null;
    const permitted = permitOf(request, response)?.models;
    const { value, loadedAt, state } = await catalogue.read({ force });
    response.set({
      'Cache-Control': 'private, no-cache',
      Age: String(Math.max(0, Math.floor((now() - loadedAt) / 1000))),
      'X-Cache': state,
    });
    if (!ids && !permitted && !page) return sendEncoded(request, response, value);
    const isListed = (id: string) => (ids?.has(id) ?? true) && (permitted?.includes(id) ?? true);
    const listed = value.models.filter(({ id }) => isListed(id));
    response.json(page ? pageOf(listed, page, linkFrom(request)) : wholeList(listed));
  };
}

/** @throws RequestError when `force` is neither `true` nor `false`. */
export function readForce(request: Request): boolean {
  return readFlag(request, 'force');
}

function readFlag(request: Request, name: string): boolean {
  const value = request.query[name];
  if (value === undefined || value === 'false') return false;
  if (value === 'true' || value === '') return true;
  throw new RequestError('invalid_request', `${name}: must be true or false`);
}

/** OpenRouter's own bounds. */
const DEFAULT_LIMIT = 500;
const MAX_LIMIT = 1_000;

/** @returns `null` when the whole list is asked for. @throws RequestError for what is no such number. */
function readPage(request: Request): PageRequest | null {
  const offset = readWhole(request, 'offset', 0, Number.MAX_SAFE_INTEGER);
  const limit = readWhole(request, 'limit', 1, MAX_LIMIT);
  if (offset === undefined && limit === undefined) return null;
  return { offset: offset ?? 0, limit: limit ?? DEFAULT_LIMIT };
}

function readWhole(request: Request, name: string, min: number, max: number): number | undefined {
  const text = request.query[name];
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new RequestError(
    'invalid_request',
    `${name}: must be a whole number from ${min} to ${max}`,
  );
}

function linkFrom(request: Request): (page: PageRequest) => string {
  return ({ offset, limit }) => {
    const next = new URLSearchParams({ offset: `${offset}`, limit: `${limit}` });
    if (readFlag(request, 'zdr')) next.set('zdr', 'true');
    return `${request.baseUrl}${request.path}?${next.toString()}`;
  };
}

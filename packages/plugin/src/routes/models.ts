import type { Request, RequestHandler } from 'express';
import { RequestError } from '../request-error.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { Encoding } from '../services/representation.ts';
import type { ZeroRetention } from '../services/zero-retention.ts';

export interface ModelsRouteDependencies {
  catalogue: Catalogue;
  zeroRetention: ZeroRetention;
  /** Epoch milliseconds. */
  now: () => number;
}

const smallest: Encoding[] = ['br', 'gzip'];

/**
 * `GET /models`: `{ data: Model[] }` from ready-made bytes. `?force=true` asks upstream, at most once
 * every few seconds. `ETag` saves the body, `Age` is in seconds. `?zdr=true` leaves only models of
 * which some provider keeps nothing.
 */
export function createModelsHandler({
  catalogue,
  zeroRetention,
  now,
}: ModelsRouteDependencies): RequestHandler {
  return async function handleModels(request, response) {
    if (readFlag(request, 'zdr')) {
      const ids = await zeroRetention.read();
      const { models } = (await catalogue.read()).value;
      response.json({ data: models.filter(({ id }) => ids.has(id)) });
      return;
    }
    const { value, loadedAt, state } = await catalogue.read({ force: readForce(request) });
    response.set({
      'Cache-Control': 'private, no-cache',
      'Content-Type': 'application/json; charset=utf-8',
      ETag: value.etag,
      Age: String(Math.max(0, Math.floor((now() - loadedAt) / 1000))),
      'X-Cache': state,
    });
    response.vary('Accept-Encoding'); // Beside what a host varies by, such as Origin.
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const encoding = smallest.find((name) => request.acceptsEncodings(name)) ?? 'identity';
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    response.set('Content-Length', String(value.bytes[encoding].length));
    response.end(request.method === 'HEAD' ? undefined : value.bytes[encoding]);
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

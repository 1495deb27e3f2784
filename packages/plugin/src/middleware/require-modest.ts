import type { RequestHandler } from 'express';
import { RequestError } from '../request-error.ts';

/** A conversation that fills the largest context has a few ten thousand; checking this many takes moments. */
const MAX_VALUES = 250_000;
/** Far deeper than any tool's schema, and shallow enough for whatever walks a body by recursion. */
const MAX_DEPTH = 500;

/**
 * Refuses a parsed body of very many or very deeply nested values before anything checks it: a few
 * megabytes of `[1,1,1,…` would cost a schema gigabytes for its complaints.
 */
export const requireModest: RequestHandler = function requireModest(request, _response, next) {
  let level = [request.body as unknown];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new RequestError('invalid_request', `The body is nested deeper than ${MAX_DEPTH} levels.`); // prettier-ignore
    }
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inside: unknown[] = Object.values(value);
      count += inside.length;
      if (count > MAX_VALUES) {
        throw new RequestError('payload_too_large', `The body holds more than ${MAX_VALUES} values.`); // prettier-ignore
      }
      for (const item of inside) below.push(item);
    }
    level = below;
  }
  next();
};

import express, { type RequestHandler } from 'express';
import { RequestError } from '../request-error.ts';
import { requireModest } from './require-modest.ts';

/**
 * Reads a JSON body of at most `limitBytes`, unless an outer middleware has read it already.
 *
 * @returns Handlers in order. They fail with 415 for another content type, 400 for a body that is
 *   missing, no JSON object or nested too deep, 413 for one that is too large or holds too many values.
 */
export function jsonBody(limitBytes: number): RequestHandler[] {
  return [requireJson, express.json({ limit: limitBytes }), requireObject, requireModest];
}

const requireJson: RequestHandler = function requireJson(request, _response, next) {
  if (request.is(['json', '+json']) !== false) return next();
  throw new RequestError('unsupported_media_type', 'The body must be JSON.');
};

const requireObject: RequestHandler = function requireObject(request, _response, next) {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return next();
  throw new RequestError('invalid_request', 'The body must be a JSON object.');
};

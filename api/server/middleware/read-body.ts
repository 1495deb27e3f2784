import { jsonBody, RequestError } from '@openrouter-native/plugin';
import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';

const BODY_LIMIT_BYTES = 100 * 1024; // Forms and settings; chat requests have their own limit.

/** Reads the JSON body of the host's own routes. */
export const smallJsonBody: RequestHandler[] = jsonBody(BODY_LIMIT_BYTES);

/**
 * The body as the schema makes it.
 *
 * @throws RequestError `invalid_request`, with one sentence per wrong field.
 */
export function parseBody<T>(request: Request, schema: z.ZodType<T>): T {
  return parse(request.body, schema);
}

/**
 * What stands behind the `?` of the address, as the schema makes it. A parameter without a value counts
 * as left out; one that is given twice comes as a list.
 *
 * @throws RequestError `invalid_request`, with one sentence per wrong parameter.
 */
export function parseQuery<T>(request: Request, schema: z.ZodType<T>): T {
  const given = Object.entries(request.query).filter(([, value]) => value !== '');
  return parse(Object.fromEntries(given), schema);
}

function parse<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  }));
  throw new RequestError(
    'invalid_request',
    issues.map(({ field, message }) => `${field} ${message}`).join('; '),
    { metadata: { issues } },
  );
}

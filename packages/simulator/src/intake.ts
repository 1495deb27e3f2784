import express, { type Request, type RequestHandler } from 'express';
import { readBearer } from './authenticate.ts';
import type { RequestFacts, SimulatorContext } from './context.ts';
import { ApiError } from './errors.ts';
import type { RecordedRequest } from './options.ts';

/** Upstream publishes no limit; pictures and PDF files arrive as base64 in one body. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Reads the body, looks the key up and opens the request's record; judges nothing yet. */
export function createIntake({ accounts, now }: SimulatorContext): RequestHandler[] {
  const readBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

  const collectFacts: RequestHandler = (request, response, next) => {
    const secret = readBearer(request.headers.authorization);
    const key = secret === null ? undefined : accounts.find(secret);
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const record = createRecord(request, rawBody, key?.keyName ?? null, now());
    const facts: RequestFacts = {
      record,
      rawBody,
      key,
      hasCredentials: secret !== null,
      interrupted: false,
    };
    response.locals['facts'] = facts;
    next();
  };
  return [readBody, collectFacts];
}

function createRecord(
  request: Request,
  rawBody: Buffer,
  keyName: string | null,
  startedAt: number,
): RecordedRequest {
  const { authorization: _secret, ...headers } = request.headers;
  return {
    method: request.method,
    path: request.path,
    query: { ...request.query },
    keyName,
    headers: headers as Record<string, string | string[]>,
    body: readJson(rawBody),
    startedAt,
    finished: false,
    aborted: false,
    closedAt: null,
  };
}

/**
 * The body as JSON.
 *
 * @throws {@link ApiError} 400 when it is empty or malformed.
 */
export function readJsonBody(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw new ApiError(400, 'Invalid JSON in the request body', {
      metadata: { error_type: 'invalid_request' },
    });
  }
}

function readJson(rawBody: Buffer): unknown {
  if (rawBody.length === 0) return undefined;
  const text = rawBody.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

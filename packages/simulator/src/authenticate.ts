import type { Response } from 'express';
import type { ApiKey } from './accounts/accounts.ts';
import { requestFacts, type SimulatorContext } from './context.ts';
import { ApiError } from './errors.ts';

const BEARER = /^Bearer\s+(\S+)\s*$/i;

/** The token of an `Authorization` header; `null` when there is none. */
export function readBearer(header: string | undefined): string | null {
  return BEARER.exec(header ?? '')?.[1] ?? null;
}

/**
 * The key behind a request. Runs before anything reads the body, as upstream does.
 *
 * @throws {@link ApiError} 401 for a missing, unknown, disabled or expired key.
 */
export function requireKey(response: Response, { now }: SimulatorContext): ApiKey {
  const { key, hasCredentials } = requestFacts(response);
  if (!hasCredentials) throw new ApiError(401, 'Missing Authentication header');
  if (!key) throw new ApiError(401, 'User not found.');
  if (key.disabled) throw new ApiError(401, 'API key is disabled');
  if (key.expiresAt !== null && key.expiresAt <= now()) throw new ApiError(401, 'API key expired');
  return key;
}

/** @throws {@link ApiError} 403 for a management key, and all that {@link requireKey} throws. */
export function requireInferenceKey(response: Response, context: SimulatorContext): ApiKey {
  const key = requireKey(response, context);
  if (!key.isManagement) return key;
  throw new ApiError(403, 'Management keys cannot be used for inference requests');
}

/** @throws {@link ApiError} 403 for an ordinary key, and all that {@link requireKey} throws. */
export function requireManagementKey(response: Response, context: SimulatorContext): ApiKey {
  const key = requireKey(response, context);
  if (key.isManagement) return key;
  throw new ApiError(403, 'Only management keys can perform this operation');
}

import { AxiosError, isAxiosError } from 'axios';
import { OpenRouterError } from '../errors.ts';
import { TOO_LARGE } from './undici-adapter.ts';

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** Whether the idle watchdog ended the exchange: headers came, then no byte for too long. */
export function isStall(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_BODY_TIMEOUT';
}

/**
 * The error for an exchange that broke before it was whole. Only the code of the cause is kept: its
 * message may name a proxy with its password.
 */
export function unreachable(error: unknown): OpenRouterError {
  const code = codeOf(error);
  if (code === TOO_LARGE) {
    return new OpenRouterError('malformed_response', 'The answer is larger than is allowed.');
  }
  const metadata = { cause: code };
  if (TIMEOUTS.has(code)) {
    return new OpenRouterError('upstream_timeout', 'OpenRouter did not answer in time.', {
      metadata,
    });
  }
  return new OpenRouterError('upstream_unreachable', 'OpenRouter cannot be reached.', { metadata });
}

/** True when the caller's own signal ended the exchange. */
export function isAbort(error: unknown): boolean {
  return isAxiosError(error) && error.code === AxiosError.ERR_CANCELED;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

import { OpenRouterError } from '../errors.ts';
import { TOO_LARGE } from './undici-adapter.ts';

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** The exchange had begun when the connection was lost. */
const BREAKS = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ECONNRESET',
  'EPIPE',
]);

/** The bytes are not what their headers promise: codes of zlib, and of undici's HTTP parser. */
const GARBLED = /^(Z_|ERR_BROTLI|HPE_|UND_ERR_HEADERS_OVERFLOW)/;

/**
 * An answer, or the one error that says why there is none: an aborted call rejects with the
 * signal's reason, every other with an {@link OpenRouterError}. What axios throws goes no further:
 * it may carry the request.
 */
export async function whole<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(error);
  }
}

/** Whether the idle watchdog ended the exchange: headers came, then no byte for too long. */
export function isStall(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_BODY_TIMEOUT';
}

/** Only the code of the cause is kept: its message may name a proxy with its password. */
function unreachable(error: unknown): OpenRouterError {
  const code = codeOf(error);
  const metadata = { cause: code };
  if (code === TOO_LARGE) {
    return new OpenRouterError('malformed_response', 'The answer is larger than is allowed.');
  }
  if (GARBLED.test(code)) {
    return new OpenRouterError('malformed_response', 'The answer cannot be decoded.', { metadata });
  }
  if (TIMEOUTS.has(code)) {
    return new OpenRouterError('upstream_timeout', 'OpenRouter did not answer in time.', {
      metadata,
    });
  }
  const message = BREAKS.has(code)
    ? 'The connection to OpenRouter broke before the answer was complete.'
    : 'OpenRouter cannot be reached.';
  return new OpenRouterError('upstream_unreachable', message, { metadata });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}

import {
  createErrorBody,
  errorBodySchema,
  type ErrorBody,
  type ErrorReason,
} from '@openrouter-native/protocol';

const brand = Symbol.for('openrouter-native.OpenRouterApiError');

/**
 * Every failure of a call to the host, in the shape of the host's own error body, whether the host
 * sent it or no answer came at all. Only an abort by the caller is not one: it stays an `AbortError`.
 */
export class OpenRouterApiError extends Error {
  override readonly name = 'OpenRouterApiError';
  readonly [brand] = true;

  /** Message, reason, action and the rest, safe to show. */
  readonly details: ErrorBody['error'];

  constructor(body: ErrorBody, options?: ErrorOptions) {
    super(body.error.message, options);
    this.details = body.error;
  }
}

/** Narrows by brand, so two installed copies of the package still recognise each other. */
export function isOpenRouterApiError(error: unknown): error is OpenRouterApiError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** Gives any failure the one shape; what is not known to us becomes `internal`. */
export function toApiError(error: unknown): OpenRouterApiError {
  if (isOpenRouterApiError(error)) return error;
  return new OpenRouterApiError(createErrorBody('internal', 'Something went wrong on this page.'), {
    cause: error,
  });
}

/** The failure of a call that got no answer: offline, server down, connection refused. */
export function unreachable(cause: unknown): OpenRouterApiError {
  const body = createErrorBody('server_unreachable', 'The server could not be reached.');
  return new OpenRouterApiError(body, { cause });
}

/** The failure of a call whose answer is not what was agreed on, such as a proxy's login page. */
export function malformed(requestId: string | null, cause?: unknown): OpenRouterApiError {
  const body = createErrorBody(
    'malformed_response',
    'The server sent an answer that makes no sense.',
    {
      requestId: requestId ?? undefined,
      action: 'Try again. If it persists, check any proxy between this page and the server.',
    },
  );
  return new OpenRouterApiError(body, { cause });
}

/**
 * Reads the failure out of an answer with an error status. A body that is not ours (a proxy's page, or
 * what the host's own guard says) still gives a reason that fits the status.
 */
export async function errorFromResponse(response: Response): Promise<OpenRouterApiError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = errorBodySchema.safeParse(body);
  if (parsed.success) return new OpenRouterApiError(parsed.data);
  const message = messageIn(body) ?? `The server answered ${response.status}.`;
  return new OpenRouterApiError(
    createErrorBody(reasonForStatus(response.status), message, {
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
    }),
  );
}

/** Guards of Express apps answer with `{ message }`; long ones are not for people. */
function messageIn(body: unknown): string | null {
  const { message } = (body ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' && message.length <= 300 ? message : null;
}

function reasonForStatus(status: number): ErrorReason {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission_denied';
    case 404:
      return 'not_found';
    case 413:
      return 'payload_too_large';
    case 429:
      return 'too_many_requests';
    case 502:
    case 503:
    case 504:
      return 'server_unreachable';
    default:
      return status < 500 ? 'invalid_request' : 'internal';
  }
}

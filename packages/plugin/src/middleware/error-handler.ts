import { isOpenRouterError, type Logger } from '@openrouter-native/openrouter';
import type { ErrorBody } from '@openrouter-native/protocol';
import type { ErrorRequestHandler } from 'express';
import { RequestError } from '../request-error.ts';
import { requestIdOf } from './request-id.ts';

/**
 * The last middleware: answers any failure with the one error body. What this server did not expect
 * is a 500 without details; its stack goes to the log, next to the request's id.
 */
export function createErrorHandler({ logger }: { logger: Logger }): ErrorRequestHandler {
  return function answerError(error: unknown, _request, response, _next) {
    const id = requestIdOf(response);
    const body = toErrorBody(error, id);
    if (body.error.reason === 'internal') {
      logger.error('Unexpected failure', { request_id: id, error });
    }
    if (response.headersSent) {
      response.destroy(); // Too late for a status: a cut is the only sign left.
      return;
    }
    if (body.error.retry_after !== null)
      response.set('Retry-After', String(body.error.retry_after));
    response.status(body.error.code).json(body);
  };
}

/** The error body for anything that was thrown while answering a request. */
export function toErrorBody(error: unknown, id?: string): ErrorBody {
  if (error instanceof RequestError || isOpenRouterError(error)) return error.toBody(id);
  return (fromBodyParser(error) ?? internal()).toBody(id);
}

function internal(): RequestError {
  return new RequestError('internal', 'Something went wrong on this server.');
}

/** What the body parser and the router of Express throw; their own messages may quote the body. */
function fromBodyParser(error: unknown): RequestError | undefined {
  const { type, status, limit } = error as { type?: unknown; status?: unknown; limit?: unknown };
  switch (type) {
    case 'entity.parse.failed':
      return new RequestError('invalid_request', 'The body is not valid JSON.');
    case 'entity.too.large':
      return new RequestError(
        'payload_too_large',
        `The body is larger than ${String(limit)} bytes.`,
      );
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new RequestError(
        'unsupported_media_type',
        'The encoding of the body is not supported.',
      );
    case 'request.aborted':
    case 'request.size.invalid':
      return new RequestError('invalid_request', 'The body did not arrive as a whole.');
    default:
      break;
  }
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  return new RequestError('invalid_request', 'The request cannot be read.', { status });
}

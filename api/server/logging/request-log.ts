import type { Logger } from '@openrouter-native/openrouter';
import type { RequestHandler } from 'express';

/**
 * Writes one line for each request of the API once it is over: method, path, status, milliseconds
 * and request id. Neither query values nor bodies are ever written.
 *
 * A reader who left before the answer was complete is marked `aborted`.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  return function logRequest(request, response, next) {
    const startedAt = performance.now();
    const path = request.originalUrl.split('?', 1)[0];
    response.once('close', () => {
      const requestId: unknown = response.locals.requestId;
      logger.info('request', {
        request: {
          id: typeof requestId === 'string' ? requestId : null,
          method: request.method,
          path,
          status: response.statusCode,
          ms: Math.round(performance.now() - startedAt),
        },
        ...(!response.writableFinished && { aborted: true }),
      });
    });
    next();
  };
}

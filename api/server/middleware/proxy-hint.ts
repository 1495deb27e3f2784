import type { Logger } from '@openrouter-native/openrouter';
import type { RequestHandler } from 'express';

/** Says once that requests come through a reverse proxy which the server was not told about. */
export function createProxyHint(logger: Logger): RequestHandler {
  let isTold = false;
  return function hintAtProxy(request, _response, next) {
    if (!isTold && request.get('x-forwarded-for') !== undefined) {
      isTold = true;
      logger.warn(
        'A request came through a reverse proxy, but TRUST_PROXY is 0: all visitors look like one to the rate limits, and cookies are not marked secure. If the proxy is yours, set TRUST_PROXY=1.',
      );
    }
    next();
  };
}

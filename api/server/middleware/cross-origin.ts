import cors from 'cors';
import { Router, type RequestHandler } from 'express';

export interface CrossOriginOptions {
  /** Pages that may use the whole API, also with the cookie of whoever is signed in. */
  corsOrigins: readonly string[];
  /** Pages that may use `/api/openrouter` with a token, and nothing else. */
  openRouterOrigins: readonly string[];
}

/** What pages read beside the body: which request it was, how it came about, when to try again. */
const EXPOSED_HEADERS = ['X-Request-Id', 'X-Generation-Id', 'X-OpenRouter-Attempts', 'Retry-After'];
const PREFLIGHT_SECONDS = 600; // Browsers keep none longer than that by much.

/**
 * Lets named pages of other origins call the API; for `/api`, before anything that asks who is there,
 * because a browser's preflight says nothing of that.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createCrossOrigin(options: CrossOriginOptions): RequestHandler {
  const { corsOrigins, openRouterOrigins } = options;
  const named = new Set(openRouterOrigins.filter((origin) => !corsOrigins.includes(origin)));
  const shared = { maxAge: PREFLIGHT_SECONDS, exposedHeaders: EXPOSED_HEADERS };
  const withToken = cors({ ...shared, origin: [...named], methods: ['GET', 'HEAD', 'POST'] });
  const withCookie = cors({ ...shared, origin: [...corsOrigins], credentials: true });

  const router = Router();
  if (named.size > 0) {
    router.use('/openrouter', (request, response, next) => {
      response.vary('Origin'); // For the others as well: what a cache keeps is not for everybody.
      if (!named.has(request.get('origin') ?? '')) return next();
      withToken(request, response, (error) => next(error ?? 'router'));
    });
  }
  if (corsOrigins.length > 0) router.use(withCookie);
  return router;
}

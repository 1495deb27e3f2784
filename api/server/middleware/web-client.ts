import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<h1>The page is not built yet</h1>
<p>The server runs, but its web page is missing. Run <code>npm run build</code> and start it again.</p></html>
`;

/** Draws diagrams in a sandboxed frame, and hands them to the page as text. */
const DIAGRAM_PAGE = '/diagram.html';

/** May set styles, as drawing needs, and may talk to nobody; only our own pages may hold it. */
const DIAGRAM_POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';" +
  "frame-ancestors 'self';base-uri 'none';form-action 'none'";

/**
 * Serves the built page. Files with a hash in their name may be kept for ever, all others are asked
 * for again each time. Any other address that a browser opens gets the page itself, which knows
 * what to show.
 *
 * @param directory - Where the build put `index.html`; need not exist.
 */
export function createWebClient(directory: string): RequestHandler {
  if (!existsSync(join(directory, 'index.html'))) return explainMissingBuild;
  const serve = sirv(directory, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith('/assets/');
      response.setHeader(
        'Cache-Control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      // Without an origin, as a sandboxed page is, it may load its scripts only where anybody may.
      if (isHashed) response.setHeader('Access-Control-Allow-Origin', '*');
      if (path === DIAGRAM_PAGE) response.setHeader('Content-Security-Policy', DIAGRAM_POLICY);
    },
  });

  return function serveWebClient(request, response, next) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    serve(request, response, () => {
      if (!wantsPage(request.get('accept'))) return next();
      request.url = '/';
      serve(request, response, next);
    });
  };
}

const explainMissingBuild: RequestHandler = function explainMissingBuild(request, response, next) {
  if (request.method !== 'GET' || !wantsPage(request.get('accept'))) return next();
  response.status(503).type('html').send(NOT_BUILT);
};

/** A missing script or picture must not be answered with a page. */
function wantsPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

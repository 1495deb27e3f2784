import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<h1>The page is not built yet</h1>
<p>The server runs, but its web page is missing. Run <code>npm run build</code> and start it again.</p></html>
`;

const INDEX = '/index.html';

/** Draws diagrams in a sandboxed frame, and hands them to the page as text. */
const DIAGRAM_PAGE = '/diagram.html';

/** May set styles, as drawing needs, and may talk to nobody; only our own pages may hold it. */
const DIAGRAM_POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';" +
  "frame-ancestors 'self';base-uri 'none';form-action 'none'";

/** What the build left beside a file, best first, and the name of each in HTTP. */
const ENCODINGS = [
  { suffix: '.br', encoding: 'br' },
  { suffix: '.gz', encoding: 'gzip' },
] as const;

/**
 * Serves the built page. Files with a hash in their name may be kept for ever, all others are asked
 * for again each time. Any other address that a browser opens gets the page itself, which knows
 * what to show. Looks at the folder for each request, so that a new build can be put there while the
 * server runs.
 *
 * @param directory - Where the build put `index.html`; need not exist.
 */
export function createWebClient(directory: string): RequestHandler {
  if (!existsSync(join(directory, 'index.html'))) return explainMissingBuild;

  return async function serveWebClient(request, response, next) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const path = pathOf(request);
    if (path !== null && (await isFile(join(directory, path)))) {
      return sendPart(request, response, next, directory, path);
    }
    if (!wantsPage(request.get('accept'))) return next();
    return sendPart(request, response, next, directory, INDEX);
  };
}

/** Sends one file of the build, in the smallest form that the browser takes. */
async function sendPart(
  request: Request,
  response: Response,
  next: NextFunction,
  directory: string,
  path: string,
): Promise<void> {
  const isHashed = path.startsWith('/assets/');
  response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  // Without an origin, as a sandboxed page is, it may load its scripts only where anybody may.
  if (isHashed) response.set('Access-Control-Allow-Origin', '*');
  if (path === DIAGRAM_PAGE) response.set('Content-Security-Policy', DIAGRAM_POLICY);
  response.type(extname(path)).vary('Accept-Encoding');

  const encoded = await encodedOf(request, join(directory, path));
  if (encoded) response.set('Content-Encoding', encoded.encoding);
  const options = { root: directory, cacheControl: false };
  response.sendFile(`${path}${encoded?.suffix ?? ''}`, options, (error) => {
    if (!error || response.headersSent || request.destroyed) return; // Sent, or nobody is there any more.
    for (const name of ['Cache-Control', 'Content-Encoding']) response.removeHeader(name);
    next('code' in error && error.code === 'ENOENT' ? undefined : error);
  });
}

/** @returns The path of a file, from `/` on; `null` for one that no file of ours has. */
function pathOf({ path }: Request): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded === '/') return INDEX;
  return /^(\/\w[\w.-]*)+$/.test(decoded) ? decoded : null;
}

async function encodedOf(
  request: Request,
  file: string,
): Promise<(typeof ENCODINGS)[number] | undefined> {
  for (const form of ENCODINGS) {
    const isTaken = request.acceptsEncodings(form.encoding) !== false;
    if (isTaken && (await isFile(`${file}${form.suffix}`))) return form;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

const explainMissingBuild: RequestHandler = function explainMissingBuild(request, response, next) {
  if (request.method !== 'GET' || !wantsPage(request.get('accept'))) return next();
  response.status(503).type('html').send(NOT_BUILT);
};

/** A missing script or picture must not be answered with a page. */
function wantsPage(accept: string | undefined): boolean {
  return accept?.includes('text/html') ?? false;
}

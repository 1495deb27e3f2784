import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { unlessAborted } from '../unless-aborted.ts';
import { connect } from './connect.ts';
import { parsePageUrl } from './page-url.ts';
import { isPublicAddress } from './public-address.ts';
import { resolveHost, type Guard } from './resolve.ts';
import { WebError } from './web-error.ts';

/** What may be done on the network. Tests bring their own, since their servers are local. */
export interface WebAccess extends Guard {
  ports: Readonly<Record<'http:' | 'https:', number>>;
}

/** The public internet, at the usual ports, always connected to directly. */
export const publicWeb: WebAccess = {
  lookup: (hostname) => lookup(hostname, { all: true }),
  isAllowed: isPublicAddress,
  ports: { 'http:': 80, 'https:': 443 },
};

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for an address and goes where it leads, checking each step as if it were the first.
 *
 * @returns Where it ended, and the answer from there, its body still to be read.
 * @throws WebError; the signal's reason when it aborts.
 */
export async function follow(
  start: URL,
  { web, userAgent }: { web: WebAccess; userAgent: string },
  signal: AbortSignal,
): Promise<{ url: URL; response: IncomingMessage }> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const addresses = await unlessAborted(resolveHost(url, web), signal);
    const response = await connect(url, addresses, { ports: web.ports, userAgent, signal });
    const { location } = response.headers;
    if (!REDIRECTS.has(response.statusCode ?? 0) || location === undefined)
      return { url, response };
    response.destroy();
    url = parsePageUrl(location, url);
  }
  throw new WebError(
    `${start.href} leads on and on; it was left after ${MAX_REDIRECTS} redirects.`,
  );
}

import { lookup } from 'node:dns/promises';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Logger } from '@openrouter-native/openrouter';
import { z } from 'zod';
import { createBuiltIn } from '../built-in.ts';
import { ConfinedError, createConfinedWorker } from '../confined/confined-worker.ts';
import { failed } from '../result.ts';
import type { ClosableTool, ToolResult } from '../tool.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { readBody } from './body.ts';
import { connect } from './connect.ts';
import { parseContentType, readabilityOf } from './content-type.ts';
import { decodeText } from './decode.ts';
import { parsePageUrl } from './page-url.ts';
import { isPublicAddress } from './public-address.ts';
import { resolveHost, type Guard } from './resolve.ts';
import type { Page, PageText } from './text/convert.ts';
import { WebError } from './web-error.ts';

/** What the tool may do on the network. Tests bring their own, since their servers are local. */
export interface WebAccess extends Guard {
  ports: Readonly<Record<'http:' | 'https:', number>>;
}

/** The public internet, at the usual ports, always connected to directly. */
export const publicWeb: WebAccess = {
  lookup: (hostname) => lookup(hostname, { all: true }),
  isAllowed: isPublicAddress,
  ports: { 'http:': 80, 'https:': 443 },
};

/** What the tool is made of. */
export interface FetchWebpageOptions {
  web: WebAccess;
  userAgent: string;
  logger: Logger;
  /** Milliseconds for all of it. @defaultValue 15000: slow sites answer, and a run is not held up */
  timeLimitMs?: number;
}

const TIME_LIMIT_MS = 15_000;
const MAX_REDIRECTS = 5;
const MAX_BODY_BYTES = 2_000_000; // A long article with its markup; more is data, not text.
const MAX_TEXT_CHARACTERS = 50_000; // About 12,000 tokens of the model's context.
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const schema = z.object({
  url: z.string().describe('The full address, such as "https://example.com/article"'),
});

/**
 * Fetches a public web page and turns it into text. Addresses inside the network are refused: each
 * name is resolved first, everything it resolves to is checked, and the connection goes to the address
 * that was checked, at each redirect anew. No cookies, no credentials, and no proxy, which would
 * resolve the name by itself.
 */
export function createFetchWebpage(options: FetchWebpageOptions): ClosableTool {
  const { logger, timeLimitMs = TIME_LIMIT_MS } = options;
  const converter = createConfinedWorker<Page, PageText>({
    folder: `${import.meta.dirname}/text`,
    timeLimitMs: 5000,
    memoryLimitMb: 256, // Two million bytes of honest markup take a fifth of it.
  });

  async function read(address: string, signal: AbortSignal): Promise<ToolResult> {
    const { url, response } = await follow(parsePageUrl(address), options, signal);
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) {
      response.destroy();
      return failed(`${url.href} answers ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd());
    }
    const { type, charset } = parseContentType(response.headers['content-type']);
    if (readabilityOf(type, '') === 'none') {
      response.destroy();
      return failed(`${url.href} is of type ${type.slice(0, 100)}, which cannot be read as text.`);
    }
    const { bytes, isCut } = await readBody(response, MAX_BODY_BYTES);
    const content = decodeText(bytes, charset, isCut);
    const readability = readabilityOf(type, content.slice(0, 1000));
    if (readability === 'none') return failed(`${url.href} is not a text.`);
    const { title, text } =
      readability === 'html'
        ? await converter.run({ html: content, url: url.href }, signal)
        : { title: '', text: content };
    return { output: present(url, title, text, isCut), isError: false };
  }

  const tool = createBuiltIn({
    name: 'fetch_webpage',
    title: 'Fetch web page',
    description:
      'Fetches a public web page by its address and gives its text, with headings and links in Markdown. Reads HTML, plain text, JSON and XML; runs no scripts and cannot sign in.',
    schema,
    async run({ url }, { signal }): Promise<ToolResult> {
      const tooSlow = AbortSignal.timeout(timeLimitMs);
      try {
        return await read(url, AbortSignal.any([signal, tooSlow]));
      } catch (error) {
        signal.throwIfAborted();
        if (tooSlow.aborted) {
          return failed(`The page did not arrive within ${timeLimitMs / 1000} seconds.`);
        }
        return failed(explain(error, logger));
      }
    },
  });
  return { tool, close: () => converter.close() };
}

/** Goes where the page leads, checking each step as if it were the first. */
async function follow(
  start: URL,
  { web, userAgent }: FetchWebpageOptions,
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

function present(url: URL, title: string, text: string, isCut: boolean): string {
  const shown = text.slice(0, MAX_TEXT_CHARACTERS);
  const head = [`Address: ${url.href}`, ...(title === '' ? [] : [`Title: ${title.slice(0, 500)}`])];
  const body = shown.trim() === '' ? '(The page holds no text.)' : shown;
  const isAll = shown.length === text.length && !isCut;
  const foot = isAll ? [] : ['', `(The page goes on. These are its first ${shown.length} characters.)`]; // prettier-ignore
  return [...head, '', body, ...foot].join('\n');
}

function explain(error: unknown, logger: Logger): string {
  if (error instanceof WebError) return error.message;
  if (!(error instanceof ConfinedError)) throw error;
  if (error.failure === 'busy') return 'Too many pages are being read. Try again in a moment.';
  if (error.failure === 'broken') {
    logger.error('Web pages cannot be turned into text.', { error: error.cause ?? error });
  }
  return 'The page came, but it is built in a way that cannot be turned into text.';
}

import { STATUS_CODES } from 'node:http';
import type { Logger } from '@openrouter-native/openrouter';
import { z } from 'zod';
import { createBuiltIn } from '../built-in.ts';
import { ConfinedError, createConfinedWorker } from '../confined/confined-worker.ts';
import { failed } from '../result.ts';
import type { ClosableTool, ToolResult } from '../tool.ts';
import { readBody } from './body.ts';
import { parseContentType, readabilityOf } from './content-type.ts';
import { decodeText } from './decode.ts';
import { follow, type WebAccess } from './follow.ts';
import { parsePageUrl } from './page-url.ts';
import type { Page, PageText } from './text/convert.ts';
import { WebError } from './web-error.ts';

/** What the tool is made of. */
export interface FetchWebpageOptions {
  web: WebAccess;
  userAgent: string;
  logger: Logger;
  /** Milliseconds for all of it. @defaultValue 15000: slow sites answer, and a run is not held up */
  timeLimitMs?: number;
}

const TIME_LIMIT_MS = 15_000;
const MAX_BODY_BYTES = 2_000_000; // A long article with its markup; more is data, not text.
const MAX_TEXT_CHARACTERS = 50_000; // About 12,000 tokens of the model's context.

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

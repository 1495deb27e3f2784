import type { JsonAnswer } from '../transport/transport.ts';
import type { Trouble } from './upstream.ts';

const TITLE = /<title[^>]*>\s*([^<]{1,120})/i;

/**
 * Finds out that somebody else answered in OpenRouter's place: a sign-in page of a network, a filter
 * of a company, another service at a wrong base URL. OpenRouter answers JSON and never redirects.
 *
 * @returns `null` when the answer may be OpenRouter's.
 */
export function describeForeign({ status, headers, data }: JsonAnswer): Trouble | null {
  const isRedirect = status >= 300 && status < 400;
  const isText = typeof data === 'string' && data.trim() !== '';
  if (!isRedirect && !isText) return null;

  const title = typeof data === 'string' ? TITLE.exec(data)?.[1]?.trim() : undefined;
  const evidence = [
    `Answered ${status} with ${textOf(headers['content-type']) || 'no content type'}, where OpenRouter sends JSON.`,
    ...(title ? [`The page is titled “${title}”.`] : []),
    ...(isRedirect ? [`It leads to ${originOf(headers['location'])}.`] : []),
    ...(textOf(headers['server']) ? [`Server: ${textOf(headers['server'])}`] : []),
  ];
  return { cause: status >= 500 ? 'openrouter_down' : 'foreign_answer', status, evidence };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Only the origin: the rest of an address may hold what was asked. */
function originOf(location: unknown): string {
  const url = URL.parse(textOf(location));
  return url ? url.origin : 'another page';
}

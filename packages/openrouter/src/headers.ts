import { OpenRouterError } from './errors.ts';

const HEADER_WORD = /^[\x21-\x7e]+$/;

/** What a client says about the app it serves. */
export interface AppIdentity {
  /** Sent as `HTTP-Referer`, the id of your app in OpenRouter's rankings. */
  siteUrl?: string | undefined;
  /** Sent as `X-OpenRouter-Title`, as far as ASCII can tell it. */
  siteName?: string | undefined;
  /** Asks for `openrouter_metadata` on each answer. @defaultValue false */
  routerMetadata?: boolean | undefined;
}

/**
 * The headers of every request, besides the key.
 *
 * @see https://openrouter.ai/docs/api-reference/overview
 */
export function appHeaders(app: AppIdentity): Record<string, string> {
  const url = toAsciiUrl(app.siteUrl ?? '');
  const name = toAscii(app.siteName ?? '');
  return {
    'User-Agent': 'openrouter-native',
    ...(url && { 'HTTP-Referer': url }),
    ...(name && { 'X-OpenRouter-Title': name }),
    ...(app.routerMetadata && { 'X-OpenRouter-Metadata': 'enabled' }),
  };
}

/**
 * The header that carries a key.
 *
 * @throws OpenRouterError `key_malformed` when no header can carry it.
 */
export function authorization(key: string): Record<string, string> {
  if (HEADER_WORD.test(key)) return { Authorization: `Bearer ${key}` };
  throw new OpenRouterError(
    'key_malformed',
    'The key is empty, or holds a character that cannot be sent, such as a space.',
  );
}

/** A host name may be in any script; its form for the wire is ASCII. */
function toAsciiUrl(text: string): string {
  return HEADER_WORD.test(text) ? text : (URL.parse(text)?.href ?? '');
}

/** Headers are ASCII: accents are taken off, other signs are left out. */
function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
}

/** A `Content-Type` header. */
export interface ContentType {
  /** Lower case, such as `text/html`; `''` = none was sent. */
  type: string;
  /** As it was sent; `null` = none. */
  charset: string | null;
}

/** What can be done with a body. */
export type Readability = 'html' | 'text' | 'none';

/** Reads a `Content-Type` header. */
export function parseContentType(header: string | undefined): ContentType {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim());
  const charset = parameters
    .map((parameter) => /^charset=["']?([^"';\s]+)/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { type: type.toLowerCase(), charset: charset ?? null };
}

/** How a media type is read. Without one, the first characters decide. */
export function readabilityOf(type: string, start: string): Readability {
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type.startsWith('text/')) return 'text';
  if (/^application\/([\w.-]+\+)?(json|xml)$/.test(type)) return 'text';
  if (/^application\/(x-)?(ndjson|javascript|yaml|toml)$/.test(type)) return 'text';
  if (type !== '') return 'none';
  if (start.includes('\0')) return 'none';
  return /^\s*<(!doctype html|html)\b/i.test(start) ? 'html' : 'text';
}

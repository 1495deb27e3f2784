const PREFIX = /^data:[a-z]+\/[a-z0-9.+-]+(?:;[a-z0-9-]+=[a-z0-9-]+)*;base64,/i;
const LONGEST_PREFIX = 200;

/** Outcome of reading a data URL. */
export type DataUrl = { outcome: 'read'; bytes: Buffer } | { outcome: 'malformed' | 'too-large' };

/**
 * Reads `data:TYPE;base64,…` strictly: canonical base64 and nothing else. The type it claims is not
 * looked at.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2397
 */
export function readDataUrl(url: string, limitBytes: number): DataUrl {
  const [prefix] = PREFIX.exec(url.slice(0, LONGEST_PREFIX)) ?? [];
  if (prefix === undefined) return { outcome: 'malformed' };
  if ((url.length - prefix.length) * 0.75 > limitBytes + 2) return { outcome: 'too-large' };
  const encoded = url.slice(prefix.length);
  const bytes = Buffer.from(encoded, 'base64');
  // Node skips what is no base64, so only the way back tells whether there was any.
  if (bytes.length === 0 || bytes.toString('base64') !== encoded) return { outcome: 'malformed' };
  return bytes.length > limitBytes ? { outcome: 'too-large' } : { outcome: 'read', bytes };
}

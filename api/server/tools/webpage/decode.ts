const META_BYTES = 4096; // A browser looks at the first thousand; some pages are late.

/**
 * Bytes to text: by the byte order mark, else by what the header says, else by what the page says of
 * itself, else as UTF-8, and as the old Western European set when it is none. What cannot be read
 * becomes `�`.
 *
 * @param charset - Of the header; `null` = none.
 * @param isCut - The bytes may end within a character.
 */
export function decodeText(bytes: Uint8Array, charset: string | null, isCut: boolean): string {
  const named = markOf(bytes) ?? charset ?? metaCharset(bytes);
  const decoder = named === null ? null : decoderFor(named);
  if (decoder) return decoder.decode(bytes, { stream: isCut });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function markOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function metaCharset(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, META_BYTES));
  const meta = /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w:.-]{1,40})/i.exec(start)?.[1];
  const xml = /^<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w:.-]{1,40})/i.exec(start)?.[1];
  const found = meta ?? xml ?? null;
  // Whoever can say so in ASCII does not write UTF-16.
  return found !== null && /^utf-?16/i.test(found) ? 'utf-8' : found;
}

function decoderFor(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    return null;
  }
}

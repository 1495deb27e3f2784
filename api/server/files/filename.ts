const MAX_BYTES = 255; // What the common file systems take, so that a download keeps its name.
const FALLBACK = 'file';
/** Control characters, and those that make text run backwards: `annexe\u202Efdp.exe` looks like a PDF. */
const HIDDEN = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * A label made of whatever name came with a file: the part after the last slash of either kind,
 * without control characters, at most 255 bytes long. The ending stays when it has to be shortened.
 * Never used as a path.
 */
export function cleanFilename(name: string): string {
  const visible = name.toWellFormed().normalize('NFC').replace(HIDDEN, '');
  const base = visible.slice(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1);
  const label = base.trim();
  if (/^\.*$/.test(label)) return FALLBACK;
  return shorten(label);
}

function shorten(label: string): string {
  if (Buffer.byteLength(label) <= MAX_BYTES) return label;
  const [ending = ''] = /\.[^.]{1,16}$/u.exec(label) ?? [];
  const room = MAX_BYTES - Buffer.byteLength(ending);
  let start = '';
  let used = 0;
  for (const character of label) {
    used += Buffer.byteLength(character);
    if (used > room) break;
    start += character;
  }
  return start + ending;
}

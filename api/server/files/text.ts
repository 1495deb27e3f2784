/** Encodings that are told by the bytes alone: UTF-8, and UTF-16 with a byte order mark. */
type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be';

/** @param head - At least the first two bytes, if there are as many. */
export function textEncodingOf(head: Uint8Array): TextEncodingName {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** The text of a file that is known to be text, without its byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(textEncodingOf(bytes)).decode(bytes);
}

/** Finds out, while the bytes come by, whether they are text. */
export interface TextProbe {
  add(chunk: Uint8Array): void;
  /** After the last byte: all of it was text, without NUL. */
  isText(): boolean;
}

/** Looks at each byte once and keeps none but the first. */
export function createTextProbe(): TextProbe {
  let decoder: TextDecoder | null = null;
  let head = new Uint8Array();
  let isText = true;

  function read(chunk: Uint8Array | null): void {
    try {
      decoder ??= new TextDecoder(textEncodingOf(head), { fatal: true });
      const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      isText = !text.includes('\0');
    } catch {
      isText = false;
    }
  }

  return {
    add(chunk) {
      if (!isText) return;
      if (decoder) return read(chunk);
      head = Buffer.concat([head, chunk]);
      if (head.length < 2) return; // Too little for a byte order mark.
      read(head);
      head = head.subarray(0, 0);
    },
    isText() {
      if (isText && !decoder) read(head);
      if (isText) read(null);
      return isText;
    },
  };
}

/** As part of a question: the name, and the text between fences that are longer than any inside it. */
export function fenceText(filename: string, text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  return `File: ${filename}\n${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** Of backticks; two at least, since three make a fence. */
function longestRun(text: string): number {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  return longest;
}

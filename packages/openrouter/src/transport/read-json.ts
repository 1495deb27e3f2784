const LIMIT_BYTES = 256 * 1024; // An explanation is a few kilobytes.

/**
 * Reads a body that turned out to be no event stream, up to 256 KiB, and leaves the rest.
 *
 * @returns Parsed JSON, or the text when it is none.
 * @throws whatever breaks the body.
 */
export async function readJson(body: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LIMIT_BYTES) break; // Leaving the loop destroys the body.
  }
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}

/** @returns Parsed JSON, or the text when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

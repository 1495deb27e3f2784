/** What an MCP server may send in one piece: a large file as base64. */
const MAX_MESSAGE_BYTES = 10_000_000;

/**
 * `fetch` whose answers are bounded: a body as a whole, a stream of events by its longest event, since
 * such a stream may stay open for days. Beyond that, reading fails.
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '');
  const { status, statusText, headers } = response;
  const body = response.body.pipeThrough(createBound(isStream));
  return new Response(body, { status, statusText, headers });
};

function createBound(isStream: boolean): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0; // Since the last event.
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > MAX_MESSAGE_BYTES) {
        controller.error(new Error(`The server sent more than ${MAX_MESSAGE_BYTES} bytes at once`));
        return;
      }
      const end = isStream ? endOfEvents(chunk) : -1;
      if (end !== -1) bytes = chunk.length - end;
      controller.enqueue(chunk);
    },
  });
}

/** Where the last blank line begins; -1 = there is none. One that is split between chunks is missed. */
function endOfEvents(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Math.max(...['\n\n', '\r\n\r\n', '\r\r'].map((end) => bytes.lastIndexOf(end)));
}

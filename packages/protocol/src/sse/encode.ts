/** Response headers of every event stream: unbuffered by proxies, never stored, never transformed. */
export const SSE_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
  Connection: 'keep-alive',
  'X-Accel-Buffering': 'no',
} as const;

/**
 * Frames one payload as a server-sent event. Line breaks inside the payload become further `data:`
 * lines, so any text survives the round trip except that CR and CRLF arrive as LF.
 *
 * @param id - Place in the stream; a browser that reconnects sends its last one as `Last-Event-ID`.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function encodeEvent(data: string, id?: number): string {
  const place = id === undefined ? '' : `id: ${id}\n`;
  if (!data.includes('\n') && !data.includes('\r')) return `${place}data: ${data}\n\n`;
  const lines = data.split(/\r\n|\r|\n/);
  return `${place}${lines.map((line) => `data: ${line}`).join('\n')}\n\n`;
}

/** Frames a comment: ignored by every reader, but it keeps proxies from closing an idle connection. */
export function encodeComment(text: string): string {
  return `: ${text.replace(/[\r\n]+/g, ' ')}\n\n`;
}

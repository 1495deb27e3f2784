import { TOKEN_MARK } from '../script.ts';

/** One answer as it arrives: just enough of HTTP to know its status, its tokens and its end. */
export interface Incoming {
  /** 0 until the head has arrived. */
  status: number;
  tokens: number;
  /** Reads that brought a token: fewer than tokens where several came at once. */
  reads: number;
  ended: boolean;
  /** @throws Error for a head that is none, or a body whose end cannot be known. */
  feed(bytes: Buffer): void;
}

const MARK = TOKEN_MARK.charCodeAt(0);
const HEAD_END = '\r\n\r\n';
/** The last chunk of a chunked body, with the line break before it. */
const LAST_CHUNK = '\r\n0\r\n\r\n';

export function createIncoming(): Incoming {
  let head = '';
  let left = 0;
  let tail: string | null = null;

  function readHead(bytes: Buffer): Buffer | null {
    head += bytes.toString('latin1');
    const end = head.indexOf(HEAD_END);
    if (end < 0) return null;
    const body = bytes.subarray(bytes.length - (head.length - end - HEAD_END.length));
    const fields = head.slice(0, end);
    incoming.status = Number(/^HTTP\/1\.1 (\d{3})/.exec(fields)?.[1]);
    const length = /^content-length: *(\d+)/im.exec(fields)?.[1];
    if (length !== undefined) left = Number(length);
    else if (/^transfer-encoding: *chunked/im.test(fields)) tail = '\r\n';
    else throw new Error(`An answer without a known end:\n${fields}`);
    return body;
  }

  const incoming: Incoming = {
    status: 0,
    tokens: 0,
    reads: 0,
    ended: false,
    feed(bytes) {
      const body = incoming.status === 0 ? readHead(bytes) : bytes;
      if (body === null) return;
      const before = incoming.tokens;
      for (let at = body.indexOf(MARK); at >= 0; at = body.indexOf(MARK, at + 1)) {
        incoming.tokens += 1;
      }
      if (incoming.tokens > before) incoming.reads += 1;
      if (tail === null) {
        left -= body.length;
        incoming.ended = left <= 0;
        return;
      }
      const recent = body.subarray(Math.max(0, body.length - LAST_CHUNK.length));
      tail = (tail + recent.toString('latin1')).slice(-LAST_CHUNK.length);
      incoming.ended = tail === LAST_CHUNK;
    },
  };
  return incoming;
}

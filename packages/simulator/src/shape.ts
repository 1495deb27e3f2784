import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { PassThrough, Transform, type Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';
import type { ScriptRule } from './script.ts';

/** Long enough for the bytes before a reset to arrive: a reset overtakes what is still under way. */
const SETTLE_BEFORE_RESET_MS = 10;

/**
 * Bends an answer that has not begun, as a rule says: whatever is written to `response` from now on
 * is delayed, cut, reset, compressed or garbled on its way to the socket.
 *
 * @param onInterrupted - Called when the rule ends the answer before its own end.
 */
export function shapeResponse(
  response: ServerResponse,
  rule: ScriptRule,
  onInterrupted: () => void,
): void {
  const send = {
    head: response.writeHead.bind(response),
    write: response.write.bind(response),
    end: response.end.bind(response),
  };
  const body = new PassThrough();

  response.writeHead = (status: number, ...rest: unknown[]) => {
    const headers = rest.findLast((item) => typeof item === 'object') ?? {};
    for (const [name, value] of Object.entries(headers as Record<string, string>)) {
      response.setHeader(name, value);
    }
    bendHeaders(response, rule);
    return send.head(status);
  };
  response.write = ((...args: Parameters<PassThrough['write']>) =>
    body.write(...args)) as typeof response.write;
  response.end = ((...args: Parameters<PassThrough['end']>) => {
    body.end(...args);
    return response;
  }) as typeof response.end;

  body.on('drain', () => response.emit('drain'));
  response.on('close', () => body.destroy());
  deliver(bendBytes(body, rule), response, send, rule, onInterrupted).catch(() =>
    response.destroy(),
  );
}

interface Sender {
  write: (piece: Uint8Array) => boolean;
  end: () => unknown;
}

async function deliver(
  bytes: Readable,
  response: ServerResponse,
  send: Sender,
  rule: ScriptRule,
  onInterrupted: () => void,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const end = Math.min(
    rule.cutAtByte ?? Infinity,
    rule.resetAtByte ?? Infinity,
    rule.stallAtByte ?? Infinity,
  );
  let sent = 0;
  try {
    for await (const chunk of bytes) {
      for (const piece of slices(chunk as Buffer, pieceSize(rule))) {
        if (rule.dripMs) await wait(rule.dripMs, undefined, { signal: closed.signal });
        const part = piece.subarray(0, end - sent);
        sent += part.length;
        if (part.length > 0 && !send.write(part)) {
          await once(response, 'drain', { signal: closed.signal });
        }
        if (sent >= end) return await interrupt();
      }
    }
    send.end();
  } catch (error) {
    if (!closed.signal.aborted) throw error;
  }

  async function interrupt(): Promise<void> {
    if (rule.stallAtByte === sent) return;
    onInterrupted();
    if (rule.resetAtByte !== sent) {
      send.end();
      return;
    }
    if (!response.headersSent) response.flushHeaders();
    await wait(SETTLE_BEFORE_RESET_MS);
    response.socket?.resetAndDestroy();
  }
}

/** A cut body must look complete, so it is neither counted nor chunked: the closing ends it. */
function bendHeaders(response: ServerResponse, rule: ScriptRule): void {
  if (rule.contentType !== undefined) response.setHeader('Content-Type', rule.contentType);
  if (rule.gzip) response.setHeader('Content-Encoding', 'gzip');
  response.removeHeader('Content-Length');
  if (rule.cutAtByte === undefined) return;
  response.setHeader('Connection', 'close');
  response.removeHeader('Transfer-Encoding');
}

function bendBytes(body: PassThrough, rule: ScriptRule): Readable {
  let bytes: Readable = body;
  if (rule.gzip) {
    // Flushed per write, so that a compressed stream still streams.
    bytes = bytes.pipe(createGzip({ flush: constants.Z_SYNC_FLUSH }));
  }
  if (rule.garbage) bytes = bytes.pipe(createNoise());
  const last = bytes;
  body.on('close', () => {
    if (last !== body && !body.readableEnded) last.destroy();
  });
  return bytes;
}

function createNoise(): Transform {
  let state = 0x9e3779b9;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const noise = Buffer.alloc(chunk.length);
      for (let index = 0; index < noise.length; index += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        noise[index] = state >>> 24;
      }
      done(null, noise);
    },
  });
}

function pieceSize(rule: ScriptRule): number {
  return rule.dripMs === undefined ? Infinity : (rule.dripBytes ?? 1);
}

function* slices(chunk: Buffer, size: number): Generator<Buffer, void> {
  if (size === Infinity) {
    yield chunk;
    return;
  }
  for (let start = 0; start < chunk.length; start += size) {
    yield chunk.subarray(start, start + size);
  }
}

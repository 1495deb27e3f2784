import type { Request, Response } from 'express';
import type { EncodedJson, Encoding } from '../services/representation.ts';

const smallest: Encoding[] = ['br', 'gzip'];

/** Sends ready-made bytes in the smallest encoding that the reader takes; 304 when they are known. */
export function sendEncoded(request: Request, response: Response, { etag, bytes }: EncodedJson) {
  response.set({ 'Content-Type': 'application/json; charset=utf-8', ETag: etag });
  response.vary('Accept-Encoding'); // Beside what a host varies by, such as Origin.
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const encoding = smallest.find((name) => request.acceptsEncodings(name)) ?? 'identity';
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.set('Content-Length', String(bytes[encoding].length));
  response.end(request.method === 'HEAD' ? undefined : bytes[encoding]);
}

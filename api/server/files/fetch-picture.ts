import { RequestError } from '@openrouter-native/plugin';
import type { WebAccess } from '../tools/webpage/fetch-webpage.ts';
import { readBody } from '../tools/webpage/body.ts';
import { connect } from '../tools/webpage/connect.ts';
import { parsePageUrl } from '../tools/webpage/page-url.ts';
import { resolveHost } from '../tools/webpage/resolve.ts';
import { WebError } from '../tools/webpage/web-error.ts';
import { unlessAborted } from '../tools/unless-aborted.ts';
import { tooLarge } from './incoming.ts';

const TIME_LIMIT_MS = 30_000; // The picture is paid for: rather wait than lose it.

/**
 * Makes what fetches the pictures that models answer with as addresses. They come from outside, so
 * nothing inside the network is fetched, as with the pages that a model asks for.
 */
export function createFetchPicture(web: WebAccess, userAgent: string) {
  return async function fetchPicture(
    address: string,
    limitBytes: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
    try {
      const url = parsePageUrl(address);
      const addresses = await unlessAborted(resolveHost(url, web), ended);
      const response = await connect(url, addresses, {
        ports: web.ports,
        userAgent,
        signal: ended,
      });
      if (response.statusCode !== 200) {
        response.destroy();
        throw new WebError(`It answers ${response.statusCode}.`);
      }
      const { bytes, isCut } = await readBody(response, limitBytes);
      if (isCut) throw tooLarge(limitBytes, 'picture');
      return bytes;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RequestError) throw error;
      throw new RequestError(
        'malformed_response',
        'The model answered with the address of a picture that cannot be fetched.',
        { action: 'Try again, or choose another model.', metadata: { problem: explain(error) } },
      );
    }
  };
}

function explain(error: unknown): string {
  return error instanceof WebError ? error.message : 'It did not arrive in time.';
}

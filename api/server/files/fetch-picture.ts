import { RequestError } from '@openrouter-native/plugin';
import { readBody } from '../tools/webpage/body.ts';
import { follow, type WebAccess } from '../tools/webpage/follow.ts';
import { parsePageUrl } from '../tools/webpage/page-url.ts';
import { WebError } from '../tools/webpage/web-error.ts';
import { tooLarge } from './incoming.ts';

const TIME_LIMIT_MS = 30_000; // The picture is paid for: rather wait than lose it.

/**
 * Makes what fetches the pictures that models answer with as addresses. They come from outside, so
 * nothing inside the network is fetched, as with the pages that a model asks for.
 *
 * @returns A function that throws RequestError `malformed_response` when there is no picture to be
 *   had, `payload_too_large`, and the signal's reason when it aborts.
 */
export function createFetchPicture(web: WebAccess, userAgent: string, timeLimitMs = TIME_LIMIT_MS) {
  return async function fetchPicture(
    address: string,
    limitBytes: number,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const ended = AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]);
    try {
      const { response } = await follow(parsePageUrl(address), { web, userAgent }, ended);
      if (response.statusCode !== 200) {
        response.destroy();
        throw new WebError(`It answers ${response.statusCode}.`);
      }
      const { bytes, isCut } = await readBody(response, limitBytes);
      if (isCut) throw tooLarge(limitBytes, 'picture');
      return bytes;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof WebError) throw unreachable(error.message);
      if (ended.aborted) throw unreachable('It did not arrive in time.');
      throw error;
    }
  };
}

function unreachable(problem: string): RequestError {
  return new RequestError(
    'malformed_response',
    'The model answered with the address of a picture that cannot be fetched.',
    { action: 'Try again, or choose another model.', metadata: { problem } },
  );
}

import { RequestError } from '@openrouter-native/plugin';
import { readDataUrl } from './data-url.ts';
import { identifyFile, type Identity } from './identify.ts';
import { tooLarge, type IncomingFile } from './incoming.ts';

/**
 * The bytes of a picture that a model sent as a data URL.
 *
 * @throws RequestError `malformed_response`, `payload_too_large`.
 */
export function decodePicture(url: string, limitBytes: number): Buffer {
  const read = readDataUrl(url, limitBytes);
  if (read.outcome === 'read') return read.bytes;
  throw read.outcome === 'too-large' ? tooLarge(limitBytes, 'picture') : notAPicture();
}

/** What a model sent as a picture. @throws RequestError `malformed_response` when it is none. */
export async function identifyPicture(incoming: IncomingFile): Promise<Identity> {
  try {
    const identity = await identifyFile(incoming);
    if (identity.accepted.kind === 'image') return identity;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
  }
  throw notAPicture();
}

function notAPicture(): RequestError {
  return new RequestError(
    'malformed_response',
    'The model sent a picture that cannot be shown: it is no PNG, JPEG, WebP or GIF.',
    { action: 'Try again, or choose another model.' },
  );
}

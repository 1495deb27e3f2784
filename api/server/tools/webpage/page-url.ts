import { WebError } from './web-error.ts';

const MAX_URL_CHARACTERS = 4000;

/**
 * Reads the address of a page.
 *
 * @param base - What a redirect's address starts from.
 * @returns Without its fragment.
 * @throws WebError unless it is http or https, on its usual port, without a name or password in it.
 */
export function parsePageUrl(text: string, base?: URL): URL {
  if (text.length > MAX_URL_CHARACTERS) {
    throw new WebError(`The address is longer than ${MAX_URL_CHARACTERS} characters.`);
  }
  const url = URL.parse(text.trim(), base);
  if (!url) {
    throw new WebError(
      'This is no address of a web page. One looks like https://example.com/page.',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new WebError('Only addresses that start with https:// or http:// can be fetched.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new WebError('An address with a user name or a password in it is not fetched.');
  }
  if (url.port !== '') {
    throw new WebError('Only the usual ports can be fetched from: 443 for https, 80 for http.');
  }
  url.hash = '';
  return url;
}

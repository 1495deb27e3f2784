/** What a person is asked to consent to. */
export interface AuthorizationRequest {
  /** Where the browser goes afterwards, with `code` added; https, or http on this machine. */
  callbackUrl: string;
  /** SHA-256 of the code verifier, base64url. */
  codeChallenge: string;
  /** Name of the key to be made, as its owner will see it. */
  keyLabel: string;
}

const API_PATH = /\/api\/v1\/*$/;
const REGION = /^[a-z]+\.(?=openrouter\.ai$)/;
const MAX_LABEL_CHARACTERS = 100;

/**
 * The page where a person lets this app have a key of their account, by OAuth PKCE with S256.
 *
 * @param baseURL - Of the API; the page is beside it. The hosts of single regions serve no pages.
 * @returns `null` when the API is reached through something that has no such page.
 * @see https://openrouter.ai/docs/use-cases/oauth-pkce
 */
export function authorizationUrl(
  baseURL: string,
  { callbackUrl, codeChallenge, keyLabel }: AuthorizationRequest,
): string | null {
  const url = new URL(baseURL);
  if (!API_PATH.test(url.pathname)) return null;
  url.pathname = url.pathname.replace(API_PATH, '/auth');
  url.hostname = url.hostname.replace(REGION, '');
  url.search = new URLSearchParams({
    callback_url: callbackUrl,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    key_label: keyLabel.slice(0, MAX_LABEL_CHARACTERS),
  }).toString();
  return url.href;
}

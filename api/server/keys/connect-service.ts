import { createHash, randomBytes } from 'node:crypto';
import {
  authorizationUrl,
  checkKeyShape,
  isOpenRouterError,
  type Logger,
  type OpenRouterClient,
} from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import type { ConnectError } from '@openrouter-native/protocol';
import type { KeyConnects } from '../database/key-connects.ts';
import type { SecretBox } from './secret-box.ts';
import type { UserKeyService } from './user-key-service.ts';

/** Where the browser comes back to, below the origin of the page. */
export const CALLBACK_PATH = '/api/keys/openrouter/callback';

/** As long as OpenRouter's own code lives. */
export const CONNECT_LIFETIME_MS = 10 * 60_000;

/** What the browser brings back. */
export interface Return {
  state: string;
  /** `null` when OpenRouter gave none: the person said no. */
  code: string | null;
  /** Of the browser's cookie; `null` without one. */
  browserToken: string | null;
}

/** "Connect with OpenRouter": OAuth PKCE, at whose end the user has a key stored. */
export interface ConnectService {
  /**
   * @param origin - Of the page that the browser is at.
   * @param browserToken - What the browser's cookie holds, or will hold.
   * @returns The address of OpenRouter's page of consent.
   * @throws RequestError `invalid_request` when OpenRouter would not lead back here.
   */
  begin(userId: string, origin: string, browserToken: string): Promise<string>;
  /** Gets the key and stores it for the user who began. A state serves once, however it ends. */
  finish(back: Return): Promise<{ userId: string } | { error: ConnectError }>;
}

export interface ConnectServiceOptions {
  client: Pick<OpenRouterClient, 'baseURL' | 'exchangeAuthCode'>;
  connects: KeyConnects;
  keys: Pick<UserKeyService, 'store'>;
  box: SecretBox;
  /** Name of the key, as its owner sees it at OpenRouter. */
  keyLabel: string;
  /** Epoch milliseconds. */
  now: () => number;
  logger: Logger;
}

const SECRET_BYTES = 32; // 43 characters of base64url: as long as a code verifier has to be.

/**
 * The verifier never leaves the server, so a stolen code is worth nothing elsewhere. The state is
 * tied to a cookie of the browser that set out: without that, somebody could begin with their own
 * account, have another person open the page of consent, and own that person's key; or the reverse,
 * have another person's chats paid, and seen, by their own account (login CSRF, code injection).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.7
 */
export function createConnectService(options: ConnectServiceOptions): ConnectService {
  const { client, connects, keys, box, keyLabel, now, logger } = options;

  async function exchange(code: string, codeVerifier: string): Promise<string | ConnectRefusal> {
    try {
      const { key } = await client.exchangeAuthCode({ code, codeVerifier });
      return checkKeyShape(key).problem === null ? key : { error: 'unavailable' };
    } catch (error) {
      if (!isOpenRouterError(error)) throw error;
      logger.warn('[OpenRouter] A consent could not be exchanged for a key', {
        reason: error.reason,
      });
      return { error: REFUSALS.has(error.reason) ? 'refused' : 'unavailable' };
    }
  }

  return {
    async begin(userId, origin, browserToken) {
      const state = createSecret();
      const verifier = createSecret();
      const callback = new URL(CALLBACK_PATH, origin);
      callback.searchParams.set('state', state);
      const url = authorizationUrl(client.baseURL, {
        callbackUrl: callback.href,
        codeChallenge: hash(verifier),
        keyLabel,
      });
      if (url === null || !leadsBack(callback)) {
        const message =
          url === null
            ? 'OpenRouter is reached through a gateway here, which has no page of consent.'
            : 'OpenRouter leads people back to https:// addresses only, which this page has not.';
        const action = 'Store a key from https://openrouter.ai/settings/keys instead.';
        throw new RequestError('invalid_request', message, { action });
      }
      const stateHash = hash(state);
      await connects.add({
        stateHash,
        userId,
        browserHash: hash(browserToken),
        verifier: box.seal(verifier, contextOf(stateHash, userId)),
        expiresAt: new Date(now() + CONNECT_LIFETIME_MS),
      });
      return url;
    },
    async finish({ state, code, browserToken }) {
      if (browserToken === null) return { error: 'other_browser' };
      const connect = await connects.take(hash(state), hash(browserToken));
      if (!connect || connect.expiresAt.getTime() <= now()) return { error: 'expired' };
      if (code === null) return { error: 'denied' };
      const { userId, stateHash } = connect;
      const verifier = box.open(connect.verifier, contextOf(stateHash, userId));
      if (verifier === null) return { error: 'expired' }; // CREDS_KEY has changed meanwhile.

      const key = await exchange(code, verifier);
      if (typeof key !== 'string') return key;
      await keys.store(userId, key, null);
      return { userId };
    },
  };
}

interface ConnectRefusal {
  error: ConnectError;
}

/** OpenRouter has looked at the code and does not take it. */
const REFUSALS = new Set<string>(['permission_denied', 'invalid_request', 'key_invalid']);

/** A value that nobody guesses: state, verifier, or token of a browser. */
export function createSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** SHA-256: the database holds nothing that opens anything. Of a verifier, its code challenge. */
function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function contextOf(stateHash: string, userId: string): string[] {
  return ['key-connect', stateHash, userId];
}

/** OpenRouter takes https everywhere, and http on the same machine. */
function leadsBack({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}

/** Names of this machine that OpenRouter takes. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}

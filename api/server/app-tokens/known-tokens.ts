import type { AppTokens } from '../database/app-tokens.ts';
import type { StoredAppToken } from '../database/schema.ts';
import type { TokenCaller } from './caller.ts';

/** The tokens that came lately. */
export interface KnownTokens {
  /** @param hash - Of the token. @returns `null` for one that is wrong or was revoked. */
  find(hash: string): Promise<TokenCaller | null>;
  /** Whether it came lately, and was right then. */
  has(hash: string): boolean;
  /** Has the next request look it up anew. */
  forget(hash: string): void;
}

export interface KnownTokensOptions {
  tokens: Pick<AppTokens, 'findByHash'>;
  toCaller: (token: StoredAppToken) => TokenCaller;
  /** Epoch milliseconds. */
  now: () => number;
}

/** How long a token that another server has revoked may go on here. */
const TRUST_MS = 3_000;
const MAX_TOKENS = 1_000; // A kilobyte or two each; the one that came longest ago makes room.

interface Entry {
  loadedAt: number;
  caller: Promise<TokenCaller | null>;
}

/** Asks the database once in a few seconds for a token that is in use, and for each that is wrong. */
export function createKnownTokens({ tokens, toCaller, now }: KnownTokensOptions): KnownTokens {
  /** Latest load last. */
  const entries = new Map<string, Entry>();

  function load(hash: string): Entry {
    const caller = tokens.findByHash(hash).then((token) => token && toCaller(token));
    const entry = { loadedAt: now(), caller };
    const forgetThis = () => {
      if (entries.get(hash) === entry) entries.delete(hash);
    };
    caller.then((found) => found ?? forgetThis(), forgetThis); // What is wrong takes no room.
    entries.delete(hash);
    entries.set(hash, entry);
    const [oldest] = entries.keys();
    if (entries.size > MAX_TOKENS && oldest !== undefined) entries.delete(oldest);
    return entry;
  }

  return {
    find(hash) {
      const known = entries.get(hash);
      return (known && now() - known.loadedAt < TRUST_MS ? known : load(hash)).caller;
    },
    has: (hash) => entries.has(hash),
    forget: (hash) => void entries.delete(hash),
  };
}

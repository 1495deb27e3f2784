import { hash, randomBytes } from 'node:crypto';

const PREFIX = 'orn-';
const SECRET_BYTES = 32;
/** 32 bytes in base64url. */
const SHAPE = /^orn-[\w-]{43}$/;
const SHOWN_CHARACTERS = 4;

/** A new token: nobody guesses 256 random bits. */
export function createTokenText(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
}

/** Whether somebody means it as an app token. */
export function looksLikeAppToken(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** What is kept of a token; `null` for a text that cannot be one. No salt: there is nothing to guess. */
export function hashToken(token: string): string | null {
  return SHAPE.test(token) ? hash('sha256', token) : null;
}

/** What a person tells it from others by. */
export function hintOf(token: string): string {
  const start = token.slice(0, PREFIX.length + SHOWN_CHARACTERS);
  return `${start}…${token.slice(-SHOWN_CHARACTERS)}`;
}

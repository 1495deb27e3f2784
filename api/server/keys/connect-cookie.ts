import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { CONNECT_LIFETIME_MS } from './connect-service.ts';

const NAME = 'openrouterConnect';
const TOKEN = /^[\w-]{43}$/;

/**
 * Unreadable for scripts, and sent only where somebody begins to connect or comes back. `lax`, because
 * coming back is a step from OpenRouter's page to ours, for which a `strict` cookie stays at home.
 */
function optionsFor(isSecure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/api/keys/openrouter' };
}

/** What ties the browser to what it began; `null` without it. */
export function readConnectCookie(request: Request): string | null {
  const token = parseCookie(request.get('cookie') ?? '')[NAME] ?? '';
  return TOKEN.test(token) ? token : null;
}

/** @param isSecure - The page is on https. */
export function setConnectCookie(response: Response, token: string, isSecure: boolean): void {
  response.cookie(NAME, token, { ...optionsFor(isSecure), maxAge: CONNECT_LIFETIME_MS });
}

/**
 * Ends what the browser began. Also when another person signs in there: coming back must not give their
 * key to the one before.
 */
export function clearConnectCookie(request: Request, response: Response): void {
  response.clearCookie(NAME, optionsFor(request.secure));
}

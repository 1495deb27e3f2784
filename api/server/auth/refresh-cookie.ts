import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

const NAME = 'refreshToken';

/** Unreadable for scripts, and sent only by our own pages and only to the routes that need it. */
function optionsFor(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/api/auth' };
}

/** @returns The refresh token that the browser sent; `null` without one. */
export function readRefreshCookie(request: Request): string | null {
  return parseCookie(request.get('cookie') ?? '')[NAME] ?? null;
}

/** Hands the browser its refresh token, until the session would end without a refresh. */
export function setRefreshCookie(
  request: Request,
  response: Response,
  { refreshToken, expiresAt }: { refreshToken: string; expiresAt: Date },
): void {
  response.cookie(NAME, refreshToken, { ...optionsFor(request), expires: expiresAt });
}

/** Makes the browser forget its refresh token. */
export function clearRefreshCookie(request: Request, response: Response): void {
  response.clearCookie(NAME, optionsFor(request));
}

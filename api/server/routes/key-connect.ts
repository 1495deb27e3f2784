import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import type { Request, RequestHandler } from 'express';
import type { z } from 'zod';
import type { ConnectError, connectSchema } from '@openrouter-native/protocol';
import { clearConnectCookie, readConnectCookie, setConnectCookie } from '../keys/connect-cookie.ts';
import { createSecret, isLoopback, type ConnectService } from '../keys/connect-service.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** What the routes work with. */
export interface KeyConnectDependencies {
  /** `null` where users bring no keys. */
  connect: ConnectService | null;
  forget: (userId: string) => void;
  /** Where people open the page. */
  publicUrl: string;
  logger: Logger;
}

/** `POST /api/keys/openrouter/connect`: the address of OpenRouter's page of consent. */
export function createConnectHandler(dependencies: KeyConnectDependencies): RequestHandler {
  const { connect, publicUrl } = dependencies;
  return async function handleConnect(request, response) {
    if (!connect) throw new Error('This route is for servers whose users bring their keys');
    const origin = originOf(request, publicUrl);
    // Of ways that were begun twice, as by a double click, either one may be taken back.
    const browserToken = readConnectCookie(request) ?? createSecret();
    const url = await connect.begin(identityOf(response).userId, origin, browserToken);
    setConnectCookie(response, browserToken, origin.startsWith('https:'));
    const answer: z.infer<typeof connectSchema> = { url };
    response.json(answer);
  };
}

/**
 * `GET /api/keys/openrouter/callback`: where OpenRouter sends the browser. Stores the key, and always
 * goes on to the page, whose address says how it went: `?connected=openrouter`, or `?connect_error=`
 * and one of the reasons in `connectErrors`.
 */
export function createCallbackHandler(dependencies: KeyConnectDependencies): RequestHandler {
  const { connect, forget, logger } = dependencies;
  return async function handleCallback(request, response) {
    response.set('Referrer-Policy', 'no-referrer'); // This address holds the code.
    const outcome = await finish(request, connect).catch((error: unknown) => {
      logger.error('A consent could not be turned into a stored key', { error });
      return { error: 'internal' as const };
    });
    if ('userId' in outcome) {
      forget(outcome.userId);
      clearConnectCookie(request, response);
      response.redirect(303, '/?connected=openrouter');
    } else {
      response.redirect(303, `/?connect_error=${outcome.error}`);
    }
  };
}

const STATE = /^[\w-]{43}$/;
const CODE = /^[\x21-\x7e]{1,2000}$/;

async function finish(
  request: Request,
  connect: ConnectService | null,
): Promise<{ userId: string } | { error: ConnectError }> {
  if (!connect) return { error: 'unavailable' };
  const { state, code } = request.query;
  if (typeof state !== 'string' || !STATE.test(state)) return { error: 'expired' };
  return connect.finish({
    state,
    code: typeof code === 'string' && CODE.test(code) ? code : null,
    browserToken: readConnectCookie(request),
  });
}

/**
 * The origin of the page that sent the request, where its cookie will be when the browser comes back.
 * On one machine a page has several (localhost, 127.0.0.1, the port of a development server), which the
 * browser tells; elsewhere it is the public one, whatever a header says.
 *
 * @throws RequestError `invalid_request` when the page is at another machine, and its address unknown.
 */
function originOf(request: Request, publicUrl: string): string {
  const known = new URL(publicUrl);
  if (!isLoopback(known.hostname)) return known.origin;
  const seen = request.get('origin') ?? `${request.protocol}://${request.get('host') ?? ''}`;
  const url = URL.parse(seen);
  if (url && isLoopback(url.hostname)) return url.origin;
  throw new RequestError('invalid_request', 'This server does not know the address of its page.', {
    action: 'Store a key from https://openrouter.ai/settings/keys, or ask an admin to set DOMAIN_CLIENT.', // prettier-ignore
  });
}

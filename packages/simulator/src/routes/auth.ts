import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { AuthorizationRequest } from '../accounts/authorization.ts';
import { requireKey } from '../authenticate.ts';
import { requestFacts, type SimulatorContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { readJsonBody } from '../intake.ts';
import { invalidField } from '../invalid.ts';
import { isObject, read, type JsonObject } from '../json.ts';

const METHODS = ['S256', 'plain'] as const;
const PERIODS = ['daily', 'weekly', 'monthly'] as const;
/** A plain one is a verifier, whose length RFC 7636 limits. */
const MAX_CHALLENGE_LENGTH = 128;
/** Number of an app that nobody registered. */
const APP_ID = 1;

/** The page of `/auth`, where the simulator consents at once for the account with credits. */
export function createConsentRoutes({ authorizations }: SimulatorContext): Router {
  const router = Router();

  router.get('/auth', (request, response) => {
    const query: JsonObject = { ...request.query };
    const limit = read.text(query, 'limit');
    const asked = {
      ...readAuthorization(query),
      limitUsd: limit === null ? null : read.number({ limit: Number(limit) }, 'limit', 0),
    };
    const callback = read.text(query, 'callback_url');
    if (callback === null) {
      if (asked.challenge === null) throw invalidField('code_challenge', 'is required');
      response.json({ code: authorizations.issue(asked) });
      return;
    }
    const target = readCallback(callback);
    target.searchParams.set('code', authorizations.issue(asked));
    response.redirect(302, target.href);
  });

  return router;
}

/** Both ends of the exchange of a code for a key. */
export function createAuthRoutes(context: SimulatorContext): Router {
  const router = Router();
  const { authorizations, accounts, nextNumber, now } = context;

  router.post('/auth/keys', (_request, response) => {
    const body = readObject(requestFacts(response).rawBody);
    const code = read.text(body, 'code');
    if (code === null) throw invalidField('code', 'is required');
    const granted = authorizations.redeem({
      code,
      verifier: read.text(body, 'code_verifier'),
      method: read.choice(body, 'code_challenge_method', METHODS),
    });
    const number = nextNumber();
    const key = accounts.add({
      keyName: `authorized-${number}`,
      secret: `sk-or-v1-${createHash('sha256').update(`authorized key ${number}`).digest('hex')}`,
      account: accounts.main,
      limitUsd: granted.limitUsd,
      limitReset: granted.limitReset,
    });
    response.json({ key: key.secret, user_id: key.account.userId });
  });

  router.post('/auth/keys/code', (_request, response) => {
    requireKey(response, context);
    const body = readObject(requestFacts(response).rawBody);
    const callback = read.text(body, 'callback_url');
    if (callback === null) throw invalidField('callback_url', 'is required');
    readCallback(callback);
    const id = authorizations.issue({
      ...readAuthorization(body),
      limitUsd: read.number(body, 'limit', 0),
      limitReset: read.choice(body, 'usage_limit_type', PERIODS),
    });
    response.json({
      data: { id, app_id: APP_ID, created_at: new Date(now()).toISOString() },
    });
  });

  router.all(['/auth/keys', '/auth/keys/code'], () => {
    throw new ApiError(405, 'Method Not Allowed: use POST over HTTPS');
  });

  return router;
}

function readAuthorization(fields: JsonObject): AuthorizationRequest {
  const challenge = read.text(fields, 'code_challenge');
  if (challenge !== null && challenge.length > MAX_CHALLENGE_LENGTH) {
    throw invalidField('code_challenge', `must have ${MAX_CHALLENGE_LENGTH} characters or fewer`);
  }
  return {
    challenge,
    method: read.choice(fields, 'code_challenge_method', METHODS) ?? 'S256',
    limitUsd: null,
    limitReset: null,
  };
}

/** https everywhere, and http on this machine at any port. */
function readCallback(text: string): URL {
  const url = URL.parse(text);
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw invalidField('callback_url', 'must be https, or http on localhost');
}

function readObject(rawBody: Buffer): JsonObject {
  const body = readJsonBody(rawBody);
  if (!isObject(body)) throw invalidField('body', 'must be a JSON object');
  return body;
}

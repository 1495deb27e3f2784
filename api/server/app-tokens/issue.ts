import { RequestError } from '@openrouter-native/plugin';
import type { createAppTokenSchema } from '@openrouter-native/protocol';
import type { z } from 'zod';
import type { AppTokens } from '../database/app-tokens.ts';
import type { StoredAppToken } from '../database/schema.ts';
import { monthOf } from './month.ts';
import { createTokenText, hashToken, hintOf } from './token-text.ts';

/** A token as it is asked for, checked. */
export type WantedToken = z.output<typeof createAppTokenSchema>;

/**
 * Makes a token. @returns What is kept, and the token itself, which is not.
 *
 * @throws RequestError `invalid_request` for an end in the past, `conflict` for one token too many.
 */
export async function issueToken(
  userId: string,
  wanted: WantedToken,
  { tokens, now }: { tokens: Pick<AppTokens, 'create'>; now: () => number },
): Promise<{ stored: StoredAppToken; token: string }> {
  const at = now();
  const expiresAt = wanted.expires_at === null ? null : new Date(wanted.expires_at);
  if (expiresAt && expiresAt.getTime() <= at) {
    throw new RequestError('invalid_request', 'expires_at is in the past.', {
      action: 'Choose a later time, or null for a token that does not expire.',
    });
  }
  const token = createTokenText();
  const hash = hashToken(token);
  if (hash === null) throw new Error('A new token does not look like one');
  const stored = await tokens.create(
    userId,
    {
      name: wanted.name,
      hint: hintOf(token),
      hash,
      scopes: wanted.scopes,
      models: wanted.models,
      expiresAt,
      monthlyLimitUsd: wanted.monthly_limit_usd,
      month: monthOf(at),
    },
    new Date(at),
  );
  return { stored, token };
}

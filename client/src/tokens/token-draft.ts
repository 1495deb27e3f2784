import type { AppTokenScope, CreateAppToken } from '@openrouter-native/protocol';
import { parseNumber } from '../settings/number-text.ts';
import type { NumberRange } from '../settings/parameters.ts';

const DAY_MS = 24 * 60 * 60_000;

/** US dollars that one month may cost. */
export const LIMIT_RANGE: NumberRange = { min: 0.000001, max: 1_000_000, isWhole: false };

/** A token while its owner says what it may do: texts are as they were typed. */
export interface TokenDraft {
  name: string;
  scopes: readonly AppTokenScope[];
  /** Ids and patterns between commas, spaces or line breaks; empty = all. */
  models: string;
  /** Days from now; 0 = never. */
  expiresInDays: number;
  /** US dollars; empty = none. */
  monthlyLimit: string;
}

/** What keeps a token from being asked for. */
export interface TokenProblems {
  name: boolean;
  scopes: boolean;
  monthlyLimit: boolean;
}

/** Enough to chat, for a while. */
export const firstDraft: TokenDraft = {
  name: '',
  scopes: ['chat', 'models'],
  models: '',
  expiresInDays: 90,
  monthlyLimit: '',
};

/** What is asked of the server, or what is wrong with it. @param now - Epoch milliseconds. */
export function readTokenDraft(
  draft: TokenDraft,
  now: number,
): { request: CreateAppToken; problems: null } | { request: null; problems: TokenProblems } {
  const limit = parseNumber(draft.monthlyLimit, LIMIT_RANGE);
  const name = draft.name.trim();
  const problems = {
    name: name === '',
    scopes: draft.scopes.length === 0,
    monthlyLimit: limit.type === 'wrong',
  };
  if (Object.values(problems).includes(true)) return { request: null, problems };
  const models = [...new Set(draft.models.split(/[\s,]+/).filter((each) => each !== ''))];
  const { expiresInDays: days } = draft;
  return {
    request: {
      name,
      scopes: [...draft.scopes],
      models: models.length === 0 ? null : models,
      expires_at: days === 0 ? null : new Date(now + days * DAY_MS).toISOString(),
      monthly_limit_usd: limit.type === 'number' ? limit.value : null,
    },
    problems: null,
  };
}

import { appTokenScopes, createAppTokenSchema } from '@openrouter-native/protocol';
import { StartError } from '../start-error.ts';
import type { WantedToken } from './issue.ts';

/** What `npm run token -- --app` takes, as it was typed. */
export interface AppTokenOptions {
  /** The name of the token. */
  app: string;
  scopes?: string | undefined;
  models?: string | undefined;
  /** US dollars a month. */
  limit?: string | undefined;
  /** A day, or a time in ISO 8601. */
  expires?: string | undefined;
}

/** @throws StartError saying which option is wrong. */
export function readAppTokenOptions({
  app,
  scopes,
  models,
  limit,
  expires,
}: AppTokenOptions): WantedToken {
  const parsed = createAppTokenSchema.safeParse({
    name: app,
    scopes: scopes === undefined ? [...appTokenScopes] : items(scopes),
    models: models === undefined ? null : items(models),
    monthly_limit_usd: limit === undefined ? null : Number(limit),
    expires_at: expires === undefined ? null : timeOf(expires),
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `--${OPTIONS.get(String(path[0])) ?? 'app'}: ${message}`,
  );
  throw new StartError(problems.join('\n'));
}

const OPTIONS = new Map([
  ['scopes', 'scopes'],
  ['models', 'models'],
  ['monthly_limit_usd', 'limit'],
  ['expires_at', 'expires'],
]);

function items(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

/** What is no time stays as it is, for the schema to refuse. */
function timeOf(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : time.toISOString();
}

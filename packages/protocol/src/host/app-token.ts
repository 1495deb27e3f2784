import { z } from 'zod';

/**
 * What an app token may be used for, and nothing else: `GET /models` and `…/endpoints`, `GET /credits`,
 * `POST /chat/completions`, all below `/api/openrouter`.
 */
export const appTokenScopes = ['models', 'credits', 'chat'] as const;
export type AppTokenScope = (typeof appTokenScopes)[number];

/** How many app tokens one person can have; those that have expired count until they are revoked. */
export const MAX_APP_TOKENS = 50;

const scopesSchema = z
  .array(z.enum(appTokenScopes))
  .min(1)
  .max(appTokenScopes.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice');

/** Ids, or globs in which `*` stands for any characters: `openai/*`, `*:free`. */
const modelPatternsSchema = z
  .array(z.string().regex(/^[^\s,]{1,256}$/, 'has to be an id or a pattern such as openai/*'))
  .min(1)
  .max(100);

/** What `POST /api/tokens` takes. */
export const createAppTokenSchema = z.strictObject({
  /** For its owner, such as the app it is given to. */
  name: z.string().trim().min(1).max(100),
  scopes: scopesSchema,
  /** Models it may see and ask for; `null` = all that its owner may. */
  models: modelPatternsSchema.nullable().default(null),
  /** When it stops working, in the future; `null` = never. */
  expires_at: z.iso.datetime().nullable().default(null),
  /** US dollars that its answers may cost in one calendar month (UTC); `null` = no limit. */
  monthly_limit_usd: z.number().positive().max(1_000_000).nullable().default(null),
});
export type CreateAppToken = z.input<typeof createAppTokenSchema>;

/** A token as it is listed: without the token itself, which nobody can read again. */
export const appTokenSchema = z.looseObject({
  id: z.uuid(),
  name: z.string(),
  /** Its first and last characters, to tell it from others: `orn-Ab3d…x9Yz`. */
  hint: z.string(),
  scopes: z.array(z.string()),
  models: z.array(z.string()).nullable(),
  expires_at: z.iso.datetime().nullable(),
  monthly_limit_usd: z.number().nullable(),
  /**
   * US dollars in this calendar month (UTC), with what running answers have reserved. Under a limit, an
   * answer whose cost nobody tells counts as the most that it could cost; without one, `null` = such an
   * answer has made the sum unknown.
   */
  spent_this_month_usd: z.number().nullable(),
  /** To the minute; `null` = never used. */
  last_used_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
export type AppToken = z.infer<typeof appTokenSchema>;

/** What `GET /api/tokens` answers: one's own, newest first. */
export const appTokenListSchema = z.looseObject({ data: z.array(appTokenSchema) });

/** What `POST /api/tokens` answers, with status 201. */
export const createdAppTokenSchema = z.looseObject({
  ...appTokenSchema.shape,
  /** `orn-…`: the only time that it is told. */
  token: z.string(),
});
export type CreatedAppToken = z.infer<typeof createdAppTokenSchema>;

/** A token as admins see it: with the account it belongs to. */
export const ownedAppTokenSchema = z.looseObject({
  ...appTokenSchema.shape,
  owner: z.looseObject({ id: z.string(), name: z.string(), email: z.string() }),
});
export type OwnedAppToken = z.infer<typeof ownedAppTokenSchema>;

/** What `GET /api/admin/tokens` answers: those of all accounts, newest first. */
export const ownedAppTokenListSchema = z.looseObject({ data: z.array(ownedAppTokenSchema) });

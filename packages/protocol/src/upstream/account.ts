import { z } from 'zod';

/** `GET /credits`: all-time account totals in US dollars; answered to management keys. */
export const creditsResponseSchema = z.looseObject({
  data: z.looseObject({ total_credits: z.number(), total_usage: z.number() }),
});
export type AccountCredits = z.infer<typeof creditsResponseSchema>['data'];

/**
 * `GET /key`: facts about the calling key, not about the account. Money is in US dollars;
 * `limit: null` means the key has no cap, not that money is unlimited.
 */
export const keyResponseSchema = z.looseObject({
  data: z.looseObject({
    label: z.string().nullish(),
    limit: z.number().nullish(),
    limit_remaining: z.number().nullish(),
    limit_reset: z.string().nullish(),
    usage: z.number().nullish(),
    is_free_tier: z.boolean().nullish(),
    is_management_key: z.boolean().nullish(),
    expires_at: z.string().nullish(),
  }),
});
export type KeyInfo = z.infer<typeof keyResponseSchema>['data'];

/** `GET /generation?id=`: the bookkeeping of one answer. Costs are US dollars, times milliseconds. */
export const generationResponseSchema = z.looseObject({
  data: z.looseObject({
    id: z.string(),
    model: z.string(),
    provider_name: z.string().nullish(),
    total_cost: z.number().nullish(),
    cancelled: z.boolean().nullish(),
    finish_reason: z.string().nullish(),
    latency: z.number().nullish(),
    generation_time: z.number().nullish(),
    native_tokens_prompt: z.number().nullish(),
    native_tokens_completion: z.number().nullish(),
    native_tokens_reasoning: z.number().nullish(),
    native_tokens_cached: z.number().nullish(),
  }),
});
export type Generation = z.infer<typeof generationResponseSchema>['data'];

/** `POST /auth/keys`: the key that somebody consented to. */
export const grantedKeyResponseSchema = z.looseObject({
  key: z.string().min(1),
  user_id: z.string().nullish(),
});
export type GrantedKey = z.infer<typeof grantedKeyResponseSchema>;

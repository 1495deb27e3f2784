import { z } from 'zod';

/**
 * Prices of a model or endpoint: decimal strings in US dollars **per unit** (token, request, search).
 * `"-1"` means "depends on what gets picked" and must never be multiplied; a missing key is unknown.
 *
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export const pricingSchema = z.looseObject({
  prompt: z.string(),
  completion: z.string(),
  request: z.string().nullish(),
  image: z.string().nullish(),
  web_search: z.string().nullish(),
  internal_reasoning: z.string().nullish(),
  input_cache_read: z.string().nullish(),
  input_cache_write: z.string().nullish(),
  discount: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .describe('Part of every price that is not charged, 0–1; on endpoints only.'),
  overrides: z
    .array(
      z.looseObject({
        min_prompt_tokens: z
          .number()
          .nullish()
          .describe('Applies when the prompt is strictly longer, in tokens.'),
        utc_start: z
          .number()
          .nullish()
          .describe('Start of the daily window as an HHMM number, UTC, inclusive.'),
        utc_end: z
          .number()
          .nullish()
          .describe(
            'End of the daily window as an HHMM number, UTC, exclusive; may wrap midnight.',
          ),
        utc_days: z
          .array(z.string())
          .nullish()
          .describe(
            'Days of the week, UTC, as `monday`, `tuesday`, …; none given means every day.',
          ),
      }),
    )
    .nullish(),
});
export type Pricing = z.infer<typeof pricingSchema>;

/**
 * One entry of OpenRouter's `GET /models`. Named fields are the ones we read; every other field
 * survives parsing and reaches our own readers untouched.
 */
export const modelSchema = z.looseObject({
  id: z
    .string()
    .min(1)
    .describe(
      'What is sent as `model`; may carry a variant (`:free`) or start with `~` (an alias).',
    ),
  canonical_slug: z
    .string()
    .nullish()
    .describe('Permanent dated slug; this, not `id`, comes back in answers.'),
  name: z.string(),
  created: z.number().nullish().describe('Unix seconds.'),
  description: z.string().nullish(),
  context_length: z.number().nullish().describe('Tokens.'),
  architecture: z
    .looseObject({
      modality: z.string().nullish(),
      input_modalities: z.array(z.string()).nullish(),
      output_modalities: z.array(z.string()).nullish(),
      tokenizer: z.string().nullish(),
    })
    .nullish(),
  pricing: pricingSchema,
  top_provider: z
    .looseObject({
      is_moderated: z.boolean().nullish(),
      context_length: z.number().nullish(),
      max_completion_tokens: z.number().nullish(),
    })
    .nullish(),
  supported_parameters: z.array(z.string()).nullish(),
  reasoning: z
    .looseObject({
      mandatory: z.boolean().nullish(),
      default_enabled: z.boolean().nullish(),
      default_effort: z.string().nullish(),
      supported_efforts: z.array(z.string()).nullish(),
    })
    .nullish(),
  expiration_date: z.string().nullish().describe('Planned removal, `YYYY-MM-DD`.'),
});
export type Model = z.infer<typeof modelSchema>;

/** The envelope of `GET /models`; entries are parsed one by one so that one bad row costs one row. */
export const modelListSchema = z.looseObject({
  data: z.array(z.unknown()),
  total_count: z.number().nullish(),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** One provider's endpoint of a model, from `GET /models/{author}/{slug}/endpoints`. */
export const endpointSchema = z.looseObject({
  name: z.string(),
  provider_name: z.string(),
  tag: z
    .string()
    .nullish()
    .describe('Routing slug for `provider.order`, for example `deepinfra/fp8`.'),
  context_length: z.number().nullish(),
  max_completion_tokens: z.number().nullish(),
  pricing: pricingSchema,
  quantization: z.string().nullish(),
  supported_parameters: z.array(z.string()).nullish(),
  uptime_last_30m: z.number().nullish().describe('Percent, 0–100.'),
  status: z.number().nullish(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** The envelope of the endpoints of one model; entries are parsed one by one, as with models. */
export const endpointsResponseSchema = z.looseObject({
  data: z.looseObject({ endpoints: z.array(z.unknown()) }),
});

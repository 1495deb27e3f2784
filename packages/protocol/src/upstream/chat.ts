import { z } from 'zod';
import { upstreamErrorSchema } from './error.ts';

/** Token counts and the money charged. A missing field is unknown; it is never zero. */
export const usageSchema = z.looseObject({
  prompt_tokens: z.number().nullish(),
  completion_tokens: z.number().nullish(),
  total_tokens: z.number().nullish(),
  cost: z.number().nullish().describe('US dollars deducted from the account.'),
  is_byok: z.boolean().nullish(),
  prompt_tokens_details: z
    .looseObject({ cached_tokens: z.number().nullish(), cache_write_tokens: z.number().nullish() })
    .nullish(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.number().nullish() }).nullish(),
  cost_details: z.looseObject({ upstream_inference_cost: z.number().nullish() }).nullish(),
  server_tool_use_details: z.looseObject({ web_search_requests: z.number().nullish() }).nullish(),
});
export type Usage = z.infer<typeof usageSchema>;

/** One step of a model's reasoning; must be sent back unmodified and in order in tool loops. */
export const reasoningDetailSchema = z.looseObject({
  type: z.string(),
  index: z.number().nullish(),
});
export type ReasoningDetail = z.infer<typeof reasoningDetailSchema>;

const imagePartSchema = z.looseObject({
  type: z.string().nullish(),
  image_url: z.looseObject({ url: z.string() }),
});

const toolCallDeltaSchema = z.looseObject({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z
    .looseObject({ name: z.string().nullish(), arguments: z.unknown().optional() })
    .nullish(),
});

const deltaSchema = z.looseObject({
  content: z.string().nullish(),
  refusal: z.string().nullish(),
  reasoning: z.string().nullish(),
  reasoning_details: z.array(reasoningDetailSchema).nullish(),
  tool_calls: z.array(toolCallDeltaSchema).nullish(),
  images: z.array(imagePartSchema).nullish(),
  annotations: z.array(z.looseObject({ type: z.string() })).nullish(),
});

/** One `data:` payload of a chat stream. */
export const chatChunkSchema = z.looseObject({
  id: z.string().nullish(),
  model: z
    .string()
    .nullish()
    .describe('The dated slug of the model that answers, not the id that was asked for.'),
  provider: z
    .string()
    .nullish()
    .describe('Display name of the provider; on the wire, though not in the published schema.'),
  choices: z
    .array(
      z.looseObject({
        index: z.number().nullish(),
        delta: deltaSchema.nullish(),
        finish_reason: z.string().nullish(),
        native_finish_reason: z.string().nullish(),
        error: upstreamErrorSchema.nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema.nullish(),
  error: upstreamErrorSchema.nullish(),
});
export type ChatChunk = z.infer<typeof chatChunkSchema>;

/** A whole chat answer (`stream: false`). `error` may be set although the HTTP status is 200. */
export const chatCompletionSchema = z.looseObject({
  id: z.string().nullish(),
  model: z.string().nullish(),
  provider: z.string().nullish(),
  choices: z
    .array(
      z.looseObject({
        index: z.number().nullish(),
        finish_reason: z.string().nullish(),
        native_finish_reason: z.string().nullish(),
        error: upstreamErrorSchema.nullish(),
        message: z
          .looseObject({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            reasoning: z.string().nullish(),
            reasoning_details: z.array(reasoningDetailSchema).nullish(),
            tool_calls: z.array(toolCallDeltaSchema).nullish(),
            images: z.array(imagePartSchema).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema.nullish(),
  error: upstreamErrorSchema.nullish(),
});
export type ChatCompletion = z.infer<typeof chatCompletionSchema>;

import { z } from 'zod';

const contentPartSchema = z.looseObject({ type: z.string() });
const contentSchema = z.union([z.string(), z.array(contentPartSchema)]);

/** One message of a conversation, by who says it. */
export const chatMessageSchema = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content: contentSchema }),
  z.looseObject({ role: z.literal('developer'), content: contentSchema }),
  z.looseObject({ role: z.literal('user'), content: contentSchema }),
  z.looseObject({
    role: z.literal('assistant'),
    content: contentSchema.nullish(),
    tool_calls: z
      .array(
        z.looseObject({
          id: z.string(),
          function: z.looseObject({ name: z.string(), arguments: z.string() }),
        }),
      )
      .nullish(),
    reasoning: z.string().nullish(),
    reasoning_details: z.array(z.looseObject({ type: z.string() })).nullish(),
  }),
  z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content: contentSchema }),
]);
export type ChatMessage = z.infer<typeof chatMessageSchema>;

const toolSchema = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string().min(1).max(64) }).optional(),
});

/** Far longer than any id, and short enough to be compared with patterns and repeated in messages. */
const MAX_MODEL_CHARACTERS = 256;

const modelId = z.string().min(1).max(MAX_MODEL_CHARACTERS);

/**
 * A chat request as OpenRouter takes it. Known fields are validated; unknown ones pass untouched,
 * because OpenRouter adds parameters without notice.
 *
 * @see https://openrouter.ai/docs/api-reference/chat-completion
 */
export const chatRequestSchema = z.looseObject({
  model: modelId
    .optional()
    .describe("An id from `/models`; left out: OpenRouter's default for the account."),
  models: z.array(modelId).max(10).nullish().describe('To fall back to, best first.'),
  messages: z.array(chatMessageSchema).min(1).describe('The conversation, oldest first.'),
  stream: z.boolean().nullish().describe('`true` answers with server-sent events.'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .nullish()
    .describe('How freely the model chooses its words.'),
  top_p: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .describe('Only the likeliest words that together come to this share.'),
  top_k: z
    .number()
    .int()
    .min(0)
    .nullish()
    .describe('Only this many of the likeliest words; 0 = all.'),
  min_p: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .describe('Only words at least this likely, compared with the likeliest.'),
  top_a: z.number().min(0).max(1).nullish().describe('The same, by the square of the likeliest.'),
  frequency_penalty: z.number().min(-2).max(2).nullish().describe('Less of what was said often.'),
  presence_penalty: z.number().min(-2).max(2).nullish().describe('Less of what was said at all.'),
  repetition_penalty: z
    .number()
    .min(0)
    .max(2)
    .nullish()
    .describe('Less of what stands in the prompt.'),
  seed: z
    .number()
    .int()
    .nullish()
    .describe('The same answer to the same request, where the provider can.'),
  max_tokens: z.number().int().min(1).nullish().describe('The longest answer, in tokens.'),
  max_completion_tokens: z.number().int().min(1).nullish().describe('The same by its newer name.'),
  stop: z
    .union([z.string(), z.array(z.string()).max(4)])
    .nullish()
    .describe('Texts that end the answer.'),
  logit_bias: z
    .record(z.string(), z.number().min(-100).max(100))
    .nullish()
    .describe('By the number of a token: more or less of it.'),
  logprobs: z.boolean().nullish().describe('Tells how likely each token was.'),
  top_logprobs: z
    .number()
    .int()
    .min(0)
    .max(20)
    .nullish()
    .describe('And how likely its rivals were.'),
  tools: z
    .array(toolSchema)
    .nullish()
    .describe('What the model may call; functions, or tools of OpenRouter.'),
  tool_choice: z
    .union([z.string(), z.looseObject({ type: z.string() })])
    .nullish()
    .describe('`auto`, `none`, `required`, or one tool.'),
  parallel_tool_calls: z.boolean().nullish().describe('Whether several may be called at once.'),
  response_format: z
    .looseObject({ type: z.string() })
    .nullish()
    .describe('`json_object`, or `json_schema` with a schema.'),
  reasoning: z
    .looseObject({})
    .nullish()
    .describe('How much the model thinks, and whether it shows it.'),
  reasoning_effort: z.string().nullish().describe('The same in a word: `low`, `medium`, `high`.'),
  provider: z.looseObject({}).nullish().describe('Which providers may answer, and in which order.'),
  plugins: z
    .array(z.looseObject({ id: z.string() }))
    .nullish()
    .describe('What OpenRouter does around the model, such as reading files.'),
  modalities: z.array(z.string()).nullish().describe('What the answer may hold: `text`, `image`.'),
  session_id: z
    .string()
    .max(256)
    .nullish()
    .describe('Keeps a conversation at one provider, for its prompt cache.'),
  user: z
    .string()
    .nullish()
    .describe('A name of your own for the person who asks; not a real one.'),
  metadata: z.record(z.string(), z.unknown()).nullish().describe('For your own bookkeeping.'),
  fallbacks: z
    .union([z.string(), z.literal(false)])
    .nullish()
    .describe("Name of one of the server's chains of fallbacks; `none` or `false` for no chain."),
  allow_dearer_fallbacks: z
    .boolean()
    .nullish()
    .describe("Lets models of the server's chains cost more than the chosen one."),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

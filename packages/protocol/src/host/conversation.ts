import { z } from 'zod';

/** One conversation: LibreChat's `TConversation`, with the settings of its next answer. */
export const conversationSchema = z.looseObject({
  conversationId: z.string(),
  title: z.string(),
  /** `openrouter` for a plain model, `agents` for an agent. */
  endpoint: z.enum(['openrouter', 'agents']),
  /** The model that answered last; `null` with an agent. */
  model: z.string().nullable(),
  agent_id: z.string().nullish(),
  /** System message of a plain model. */
  promptPrefix: z.string().nullish(),
  /** Parameters of the chat request, by OpenRouter's names. */
  model_parameters: z.record(z.string(), z.unknown()).optional(),
  /** US dollars that one answer may cost. */
  spending_limit: z.number().nullish(),
  /** Calls of the model in one answer, where it is not as the agent has it. */
  recursion_limit: z.number().nullish(),
  isArchived: z.boolean(),
  archivedAt: z.iso.datetime().nullish(),
  user: z.string(),
  createdAt: z.iso.datetime(),
  /** When its latest message was written. */
  updatedAt: z.iso.datetime(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/**
 * What `GET /api/convos` answers. Its conversations come without `promptPrefix`, `model_parameters` and
 * limits, which may be long; `GET /api/convos/:id` has them.
 */
export const conversationListSchema = z.looseObject({
  conversations: z.array(conversationSchema),
  /** Opaque; `null` on the last page. */
  nextCursor: z.string().nullable(),
});
export type ConversationList = z.infer<typeof conversationListSchema>;

import { z } from 'zod';
import type { RunEvent } from '../run/events.ts';
import { conversationSchema, type Conversation } from './conversation.ts';
import { messageSchema, type Message } from './message.ts';

/** What `POST /api/agents/chat/openrouter` (a plain model) and `POST /api/agents/chat` (an agent) take. */
export const startGenerationSchema = z.looseObject({
  /** The question; may be empty with files, and when an answer is given again or goes on. */
  text: z.string().max(1_000_000).default(''),
  /** Absent, `null` or `new` begins a conversation. */
  conversationId: z.string().nullish(),
  /** The message the question follows; for `isRegenerate` the question itself. */
  parentMessageId: z.string().nullish(),
  /** Chosen by the page for its question, so that sending twice asks once. */
  messageId: z.uuid().nullish(),
  /** The same for requests without a question of their own: one name for each click, kept when it is sent again. */
  clientRequestId: z.string().min(1).max(128).nullish(),
  /** Answers the question `parentMessageId` once more, as another branch. */
  isRegenerate: z.boolean().nullish(),
  /** Goes on with the answer `responseMessageId`. */
  isContinued: z.boolean().nullish(),
  responseMessageId: z.string().nullish(),
  model: z.string().min(1).max(1000).nullish(),
  agent_id: z.string().nullish(),
  /** System message of a plain model. */
  promptPrefix: z.string().max(1_000_000).nullish(),
  model_parameters: z.record(z.string(), z.unknown()).nullish(),
  files: z
    .array(z.looseObject({ file_id: z.string() }))
    .max(50)
    .nullish(),
  /** US dollars that this answer may cost; `null` lifts the limit of the agent. */
  spending_limit: z.number().positive().nullish(),
  recursion_limit: z.int().min(1).max(100).nullish(),
});
export type StartGeneration = z.input<typeof startGenerationSchema>;

/** What starting answers, at once. */
export const generationStartedSchema = z.looseObject({
  streamId: z.string(),
  conversationId: z.string(),
  status: z.literal('started'),
});
export type GenerationStarted = z.infer<typeof generationStartedSchema>;

/** What `GET /api/agents/chat/status/:conversationId` answers. */
export const generationStatusSchema = z.looseObject({
  /** Whether an answer is being given. */
  active: z.boolean(),
  /** The latest of this conversation; `null` when none is remembered. */
  streamId: z.string().nullable(),
  responseMessageId: z.string().nullable(),
});
export type GenerationStatus = z.infer<typeof generationStatusSchema>;

/**
 * What `GET /api/agents/chat/stream/:streamId` sends: `created` first, or with `?resume=true` a
 * `snapshot` of everything up to its own SSE id; then the events of the run, and `final` at the end.
 */
export type GenerationEvent =
  | {
      type: 'created';
      conversation: Conversation;
      /** `null` when no question was asked: the answer is given again, or goes on. */
      requestMessage: Message | null;
      responseMessage: Message;
    }
  | {
      type: 'snapshot';
      conversation: Conversation;
      requestMessage: Message | null;
      responseMessage: Message;
    }
  | { type: 'title'; title: string }
  | RunEvent
  /** The message as it was stored. Nothing follows. */
  | { type: 'final'; conversation: Conversation; responseMessage: Message };

const withMessages = {
  conversation: conversationSchema,
  requestMessage: messageSchema.nullable(),
  responseMessage: messageSchema,
};

/** Checks what carries messages; events of the run are taken as they come. */
export const generationEventSchema = z.union([
  z.looseObject({ type: z.enum(['created', 'snapshot']), ...withMessages }),
  z.looseObject({
    type: z.literal('final'),
    conversation: conversationSchema,
    responseMessage: messageSchema,
  }),
  z.looseObject({ type: z.string() }),
]);

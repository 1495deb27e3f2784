import { z } from 'zod';
import { errorBodySchema } from '../api/error.ts';
import { endings } from '../chat/events.ts';
import { contentPartSchema, fileReferenceSchema } from '../run/part.ts';
import { runLimitSchema, runStepSchema } from '../run/step.ts';
import { usageSchema } from '../upstream/chat.ts';

/** `parentMessageId` of the messages that begin a conversation, as LibreChat writes it. */
export const NO_PARENT = '00000000-0000-0000-0000-000000000000';

/**
 * One message of a conversation: LibreChat's `TMessage`, and beside it what an answer cost and how it
 * ended. Messages with the same parent are branches.
 */
export const messageSchema = z.looseObject({
  messageId: z.string(),
  conversationId: z.string(),
  /** {@link NO_PARENT} for the first message of a branch. */
  parentMessageId: z.string(),
  isCreatedByUser: z.boolean(),
  /** `User`, or the name of the agent or model. */
  sender: z.string(),
  /** All text parts, one after another. */
  text: z.string(),
  content: z.array(contentPartSchema),
  /** Attachments of a question. */
  files: z.array(fileReferenceSchema).optional(),
  endpoint: z.string(),
  /** The model that was asked for; `null` on questions. */
  model: z.string().nullable(),
  /** The agent that answered; absent without one. */
  agent_id: z.string().nullish(),
  /** How the answer ended; `null` while it is being given, and on questions. */
  ending: z.enum(endings).nullable(),
  /** LibreChat's word for an answer that is not whole: it goes on, or did not end as `complete`. */
  unfinished: z.boolean(),
  /** LibreChat's word for a message that is nothing but a failure. Where words came before it, this is false. */
  error: z.boolean(),
  /** The failure that ended the answer; absent or `null` without one. */
  error_details: errorBodySchema.shape.error.nullish(),
  limit: runLimitSchema.nullish(),
  finish_reason: z.string().nullish(),
  /** Dated slug of the model that gave the last step. */
  served_model: z.string().nullish(),
  provider: z.string().nullish(),
  /** Of the last step. */
  generation_id: z.string().nullish(),
  /** Sums over all steps; a field that is unknown for any step is `null`. `cost` is as charged, in US dollars. */
  usage: usageSchema.nullish(),
  steps: z.array(runStepSchema).optional(),
  annotations: z.array(z.looseObject({ type: z.string() })).optional(),
  /** Milliseconds from the question to the first content; `null` when unknown. */
  first_content_ms: z.number().nullish(),
  /** Milliseconds from the question to the end; `null` when unknown. */
  duration_ms: z.number().nullish(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Message = z.infer<typeof messageSchema>;

/** What `GET /api/messages/:conversationId` answers: all branches, oldest first. */
export const messageListSchema = z.array(messageSchema);

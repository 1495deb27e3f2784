import { z } from 'zod';
import { errorBodySchema } from '../api/error.ts';

/** Counts from 0 the calls of the model that one answer took. */
const stepSchema = z.int().nonnegative();

/** A stored file, as messages refer to it. */
export const fileReferenceSchema = z.looseObject({
  file_id: z.string(),
  filename: z.string(),
  /** Media type, found by looking at the bytes. */
  type: z.string(),
  /** Where the server hands out the bytes to their owner: `/api/files/{file_id}`. */
  filepath: z.string(),
  bytes: z.number(),
  /** Pixels; absent when it is no picture. */
  width: z.number().optional(),
  height: z.number().optional(),
});
export type FileReference = z.infer<typeof fileReferenceSchema>;

/** One call of a tool, with its result as soon as there is one. */
export const toolCallSchema = z.looseObject({
  type: z.literal('tool_call'),
  id: z.string(),
  /** The name the model calls: `calculator`, or `{tool}_mcp_{server}`. */
  name: z.string(),
  /** JSON text, exactly as the model wrote it. */
  args: z.string(),
  /** What the model was told; `null` while there is no result. */
  output: z.string().nullable(),
  /** 0 while it is being written, 0.5 while it runs, 1 with a result. */
  progress: z.number(),
  /** The tool failed, and `output` says how. */
  is_error: z.boolean(),
  /** Milliseconds from its start to its result; `null` without one. */
  duration_ms: z.number().nullable(),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

/**
 * What a message consists of, in the order of appearance: LibreChat's content parts, with the step
 * each of them comes from.
 */
export const contentPartSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string(), step: stepSchema.optional() }),
  z.looseObject({
    type: z.literal('think'),
    think: z.string(),
    step: stepSchema.optional(),
    /** Milliseconds from the first thought to what came after the last; `null` while it goes on. */
    duration_ms: z.number().nullish(),
  }),
  z.looseObject({
    type: z.literal('tool_call'),
    tool_call: toolCallSchema,
    step: stepSchema.optional(),
  }),
  /** A picture: an attachment of a question, or made by the model. */
  z.looseObject({
    type: z.literal('image_file'),
    image_file: fileReferenceSchema,
    step: stepSchema.optional(),
  }),
  /** An attachment that is no picture. */
  z.looseObject({ type: z.literal('file'), file: fileReferenceSchema }),
  z.looseObject({
    type: z.literal('error'),
    /** The message, for readers that know no more. */
    error: z.string(),
    details: errorBodySchema.shape.error,
  }),
]);
export type ContentPart = z.infer<typeof contentPartSchema>;

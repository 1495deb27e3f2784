import { z } from 'zod';
import { fileReferenceSchema } from '../run/part.ts';

/** One file of the user: LibreChat's `TFile`. */
export const storedFileSchema = z.looseObject({
  ...fileReferenceSchema.shape,
  object: z.literal('file'),
  user: z.string(),
  /** Where it came from: with a question, from a model, or with an agent. */
  context: z.enum(['message_attachment', 'image_generation', 'agents']),
  /** LibreChat's word for "on the server's own disk". */
  source: z.literal('local'),
  /** Never: files are given to models whole. */
  embedded: z.literal(false),
  /** How many messages show it. */
  usage: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

/** What `GET /api/files` answers, newest first. */
export const fileListSchema = z.array(storedFileSchema);

/** What `POST /api/files` and `POST /api/files/images` answer. */
export const uploadedFileSchema = storedFileSchema.extend({
  message: z.string(),
  /** `file_id` of the form: what the page called the file until now. */
  temp_file_id: z.string().optional(),
});
export type UploadedFile = z.infer<typeof uploadedFileSchema>;

/** What `DELETE /api/files` takes. */
export const deleteFilesSchema = z.looseObject({
  files: z
    .array(z.looseObject({ file_id: z.string() }))
    .min(1)
    .max(1000),
});

/** What `DELETE /api/files` answers. */
export const deletedFilesSchema = z.looseObject({
  message: z.string(),
  deletedFileIds: z.array(z.string()),
  /** Those that were not there. */
  failedFileIds: z.array(z.string()),
});
export type DeletedFiles = z.infer<typeof deletedFilesSchema>;

/** What `GET /api/files/config` answers: LibreChat's `fileConfig`. Sizes are megabytes of 1,048,576 bytes. */
export const fileConfigSchema = z.looseObject({
  endpoints: z.record(
    z.string(),
    z.looseObject({
      disabled: z.boolean(),
      /** Files of one message. */
      fileLimit: z.number(),
      fileSizeLimit: z.number(),
      totalSizeLimit: z.number(),
      /** Regular expressions over the types that browsers report; the server looks at the bytes. */
      supportedMimeTypes: z.array(z.string()),
    }),
  ),
  serverFileSizeLimit: z.number(),
});
export type FileConfig = z.infer<typeof fileConfigSchema>;

import { z } from 'zod';

const MAX_TITLE_CHARACTERS = 200;
const MAX_SEARCH_CHARACTERS = 200;
const MAX_PAGE = 100;
const MAX_TEXT_CHARACTERS = 1_000_000; // As much as a question may have.
const CONTROL_CHARACTERS = /\p{Cc}/u; // They would break a list into lines, or hide.

const conversationId = z.string('must be a text').min(1, 'must not be empty');

const title = z
  .string('must be a text')
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_TITLE_CHARACTERS, `must be at most ${MAX_TITLE_CHARACTERS} characters long`)
  .refine((text) => !CONTROL_CHARACTERS.test(text), 'must not contain control characters');

/** LibreChat's client wraps what it sends in `arg`; others may leave that out. */
function unwrapped<Shape extends z.ZodType>(schema: Shape) {
  return z.preprocess((body) => (hasArg(body) ? body.arg : body), schema);
}

function hasArg(body: unknown): body is { arg: unknown } {
  return typeof body === 'object' && body !== null && 'arg' in body;
}

/** `POST /api/convos/update`. */
export const renameSchema = unwrapped(z.object({ conversationId, title }, 'must be an object'));

/** `POST /api/convos/archive`. */
export const archiveSchema = unwrapped(
  z.object({ conversationId, isArchived: z.boolean('must be true or false') }, 'must be an object'),
);

/** `DELETE /api/convos`. */
export const deleteSchema = unwrapped(z.object({ conversationId }, 'must be an object'));

/** `PUT /api/messages/:conversationId/:messageId`. */
export const rewriteSchema = z.object({
  text: z
    .string('must be a text')
    .max(MAX_TEXT_CHARACTERS, `must be at most ${MAX_TEXT_CHARACTERS} characters long`)
    .refine((text) => text.trim() !== '', 'must not be empty'),
  /** Place of a text part in the content; without one, all text is replaced. */
  index: z.int('must be a whole number').nonnegative('must not be negative').nullish(),
});

const cursor = z.string('must be given once');
const pageSize = z
  .string('must be given once')
  .regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${MAX_PAGE}`)
  .transform(Number)
  .refine((size) => size <= MAX_PAGE, `must be a whole number from 1 to ${MAX_PAGE}`);
const search = z
  .string('must be given once')
  .trim()
  .max(MAX_SEARCH_CHARACTERS, `must be at most ${MAX_SEARCH_CHARACTERS} characters long`);

/** `GET /api/convos`. What else LibreChat's clients send (`tags`, `pinned` …) means nothing here. */
export const listSchema = z
  .object({
    cursor: cursor.optional(),
    limit: pageSize.default(25),
    isArchived: z
      .stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be true or false' })
      .default(false),
    search: search.optional(),
    sortBy: z
      .enum(
        ['updatedAt', 'createdAt', 'archivedAt', 'title'],
        'must be updatedAt, createdAt, archivedAt or title',
      )
      .default('updatedAt'),
    sortDirection: z.enum(['asc', 'desc'], 'must be asc or desc').default('desc'),
  })
  .refine(({ sortBy, isArchived }) => sortBy !== 'archivedAt' || isArchived, {
    path: ['sortBy'],
    message: 'can be archivedAt only with isArchived=true',
  });

/** `GET /api/messages`. */
export const searchSchema = z.object({
  search: z
    .string('must say what to look for, once')
    .pipe(search)
    .refine((text) => text !== '', 'must not be empty'),
  cursor: cursor.optional(),
  pageSize: pageSize.default(25),
});

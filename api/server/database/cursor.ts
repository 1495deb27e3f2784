import { RequestError } from '@openrouter-native/plugin';
import { z } from 'zod';
import { isUuid } from './uuid.ts';

const MAX_CHARACTERS = 4000; // A title of 200 characters, escaped and encoded, is half of it.

/** A time in a place. PostgreSQL knows no year 0, and nothing here is older than this. */
export const placeTimeSchema = z.iso.datetime().refine((time) => time >= '1970');
export const placeIdSchema = z.string().refine(isUuid);

/** The place in a list where a page ended, as text that readers hand back without looking into it. */
export function encodeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws RequestError `invalid_request` when the schema does not know such a place. */
export function decodeCursor<Place>(cursor: string, schema: z.ZodType<Place>): Place {
  const place = cursor.length > MAX_CHARACTERS ? undefined : parseJson(cursor);
  const parsed = schema.safeParse(place);
  if (parsed.success) return parsed.data;
  throw new RequestError('invalid_request', 'The cursor is none of this list.', {
    action: 'Begin with the first page: leave the cursor out.',
  });
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

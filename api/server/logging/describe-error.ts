import { DrizzleQueryError } from 'drizzle-orm';
import type { Scrub } from './scrubber.ts';

const MAX_CAUSES = 5;

/** An error as fields of a log line: name, message, code and stack, and the same for its causes. */
export function describeError(error: Error, scrub: Scrub, depth = 0): Record<string, unknown> {
  const message = messageOf(error);
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    message: scrub.text(message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.stack !== undefined && {
      stack: scrub.text(error.stack.replace(error.message, () => message)),
    }),
    ...(error.cause instanceof Error &&
      depth < MAX_CAUSES && { cause: describeError(error.cause, scrub, depth + 1) }),
  };
}

/** A failed query quotes its parameters: addresses of people, and the hashes of their passwords. */
function messageOf(error: Error): string {
  return error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message;
}

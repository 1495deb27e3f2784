import { RequestError } from '../request-error.ts';

interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

const MAX_ISSUES = 3;

/**
 * Checks what came from outside against a schema, and hands back the **original** value: unknown
 * fields and the order of properties stay as they were.
 *
 * @throws RequestError `invalid_request`, naming the first fields that are wrong.
 */
export function validate<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value as T;
  const { issues } = parsed.error;
  const told = issues.slice(0, MAX_ISSUES).map(({ path, message }) => {
    return path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message;
  });
  throw new RequestError('invalid_request', told.join('; '), {
    metadata: { fields: issues.slice(0, MAX_ISSUES).map(({ path }) => path.map(String).join('.')) },
  });
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/**
 * Checks a value against a schema and hands back the value itself, not the schema's copy of it:
 * unknown fields, the order of properties and every number stay as they came over the wire.
 *
 * @returns `null` when the value does not conform.
 */
export function conform<T>(schema: Schema<T>, value: unknown): T | null {
  return schema.safeParse(value).success ? (value as T) : null;
}

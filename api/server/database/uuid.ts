const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a column of type `uuid` takes it: PostgreSQL fails on anything else. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

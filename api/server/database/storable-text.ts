import { customType } from 'drizzle-orm/pg-core';

/** The text as a column of type `text` can hold it: without NUL, and with U+FFFD for halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A column of type `text` that takes any string; see {@link storableText}. */
export const anyText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: storableText,
});

/** Whitespace, quotation marks and invisible characters: what a copied key brings along. */
const WRAPPING = String.raw`[\s"'\x60\u2018\u2019\u201c\u201d\u200b\u200c\u200d\u2060\ufeff]+`;
const WRAPPED = new RegExp(`^${WRAPPING}|${WRAPPING}$`, 'g');

/** A key without what copying put around it. */
export function unwrapKey(value: string): string {
  return value.replace(WRAPPED, '');
}

import type { NumberRange } from './parameters.ts';

/** What somebody typed into a field for a number. */
export type TypedNumber =
  | { type: 'empty' }
  | { type: 'number'; value: number }
  | { type: 'wrong'; why: 'noNumber' | 'notWhole' | 'outOfRange' };

/** `64,000`, `64.000` or `64 000`: in a whole number these can only be there for the eye. */
const GROUPED = /^[-+]?\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{3})+$/;
const SEPARATORS = /[.,'’\s\u00a0\u202f]/g;
const DECIMAL = /^[-+]?(?:\d+[.,]?\d*|[.,]\d+)$/;

/** Reads a number with a decimal point or a decimal comma. */
export function parseNumber(text: string, { min, max, isWhole }: NumberRange): TypedNumber {
  const typed = text.trim().replace(/^[−–]/, '-');
  if (typed === '') return { type: 'empty' };
  const isGrouped = isWhole && GROUPED.test(typed);
  if (!isGrouped && !DECIMAL.test(typed)) return { type: 'wrong', why: 'noNumber' };
  const value = Number(isGrouped ? typed.replace(SEPARATORS, '') : typed.replace(',', '.'));
  if (isWhole && !Number.isSafeInteger(value)) return { type: 'wrong', why: 'notWhole' };
  if ((min !== null && value < min) || (max !== null && value > max)) {
    return { type: 'wrong', why: 'outOfRange' };
  }
  return { type: 'number', value };
}

/** A number as somebody would type it. @param language - BCP 47 */
export function numberText(value: number, language: string): string {
  return value.toLocaleString(language, { useGrouping: false, maximumFractionDigits: 12 });
}

/** The next value of the arrow keys; rounded, so that 0.1 + 0.2 is 0.3. */
export function stepped(value: number, by: number, { min, max }: NumberRange): number {
  const next = Number((value + by).toFixed(6));
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, next));
}

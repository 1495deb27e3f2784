import type { TFunction } from 'i18next';
import type { TypedNumber } from '../../settings/number-text.ts';
import type { NumberRange } from '../../settings/parameters.ts';

/** What is wrong with a number, in words; `null` when nothing is. @param write - Writes a number. */
export function numberProblem(
  typed: TypedNumber,
  { min, max }: NumberRange,
  t: TFunction,
  write: (value: number) => string,
): string | null {
  if (typed.type !== 'wrong') return null;
  if (typed.why !== 'outOfRange') return t(`settings.${typed.why}`);
  if (min !== null && max !== null) {
    return t('settings.outOfRange', { min: write(min), max: write(max) });
  }
  return max === null
    ? t('settings.tooSmall', { min: write(min ?? 0) })
    : t('settings.tooBig', { max: write(max) });
}

import type { Variant } from '../../models/families.ts';

/** Keys of each variant's name and of what it does. */
export const variantTexts = {
  standard: ['picker.variantStandard', 'picker.variantStandardHint'],
  free: ['picker.variantFree', 'picker.variantFreeHint'],
  nitro: ['picker.variantNitro', 'picker.variantNitroHint'],
  floor: ['picker.variantFloor', 'picker.variantFloorHint'],
  exacto: ['picker.variantExacto', 'picker.variantExactoHint'],
} as const satisfies Record<Variant, [string, string]>;

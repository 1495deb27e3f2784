import type { Pricing } from '@openrouter-native/protocol';

/** Fewer than a binary fraction is exact to, so that its noise is rounded away. */
const SIGNIFICANT_DIGITS = 12;

/**
 * Multiplies every price by a factor, keeping decimal strings. A factor of 1 keeps each string as it
 * is; prices that are not amounts (`"-1"`) stay what they are.
 */
export function scalePricing(pricing: Pricing, factor: number): Pricing {
  if (factor === 1) return pricing;
  const scaled = Object.fromEntries(
    Object.entries(pricing).map(([name, value]) => [name, scaleEntry(value, factor)]),
  );
  return scaled as Pricing;
}

function scaleEntry(value: unknown, factor: number): unknown {
  if (typeof value === 'string') return scalePrice(value, factor);
  if (!Array.isArray(value)) return value;
  return value.map((override: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(override).map(([name, entry]) => [
        name,
        typeof entry === 'string' ? scalePrice(entry, factor) : entry,
      ]),
    ),
  );
}

function scalePrice(price: string, factor: number): string {
  const value = Number(price);
  return value > 0 ? toDecimal(value * factor) : price;
}

/** Without an exponent, and without the noise of binary fractions. */
function toDecimal(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(SIGNIFICANT_DIGITS - 1).split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const text =
    point > 0
      ? `${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`
      : `0.${'0'.repeat(-point)}${digits}`;
  return text.replace(/\.?0+$/, '');
}

import Big from 'big.js';
import type { Usage } from '../upstream/chat.ts';

/**
 * What several calls of a model used together. A number that is unknown for any of them is `null`,
 * because a sum without it would be too small. Sums are decimal: 0.1 and 0.2 dollars are 0.3.
 *
 * @returns `null` when there are no calls, or nothing is known of one of them.
 */
export function sumUsage(usages: readonly (Usage | null)[]): Usage | null {
  const known = usages.filter((usage) => usage !== null);
  if (known.length === 0 || known.length < usages.length) return null;
  return known.length === 1 ? (known[0] ?? null) : sumFields(known);
}

type Fields = Readonly<Record<string, unknown>>;

function sumFields(all: readonly Fields[]): Fields {
  const names = new Set(all.flatMap((fields) => Object.keys(fields)));
  return Object.fromEntries(
    [...names].map((name) => [name, sumValues(all.map((fields) => fields[name]))]),
  );
}

function sumValues(values: readonly unknown[]): unknown {
  if (values.every((value) => Number.isFinite(value))) {
    return (values as number[]).reduce((sum, value) => sum.plus(value), new Big(0)).toNumber();
  }
  if (values.every(isFields)) return sumFields(values);
  return values.every((value) => value === values[0]) ? (values[0] ?? null) : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

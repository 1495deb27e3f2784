/**
 * Rounds dollars to a tenth of a billionth of a cent: far below any price in the catalogue, and above the noise
 * that adding binary fractions leaves behind.
 */
export function roundUsd(usd: number): number {
  return Number(usd.toFixed(12));
}

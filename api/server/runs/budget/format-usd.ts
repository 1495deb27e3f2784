/** Less is noise of binary fractions. */
const LEAST_USD = 1e-9;

/** An amount for a person: four significant digits below a dollar, cents above. */
export function formatUsd(usd: number): string {
  if (!Number.isFinite(usd)) return 'any amount';
  if (usd >= 1 || usd < LEAST_USD) return `$${usd.toFixed(2)}`;
  const places = 3 - Math.floor(Math.log10(usd));
  return `$${usd.toFixed(places).replace(/0+$/, '')}`;
}

/** An amount for a person: four significant digits below a dollar, cents above. */
export function formatUsd(usd: number): string {
  if (!Number.isFinite(usd)) return 'any amount';
  if (usd >= 1 || usd === 0) return `$${usd.toFixed(2)}`;
  const places = Math.min(12, 3 - Math.floor(Math.log10(usd)));
  return `$${usd.toFixed(places).replace(/0+$/, '')}`;
}

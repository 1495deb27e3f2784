const whole = new Intl.NumberFormat('en-US');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 0 });
const compactMillions = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  maximumFractionDigits: 1,
});

const MILLION = 1_000_000;

/** `1,234`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `128K`, `1M`; for context lengths. */
export function formatTokens(tokens: number): string {
  return (tokens < MILLION ? compact : compactMillions).format(tokens);
}

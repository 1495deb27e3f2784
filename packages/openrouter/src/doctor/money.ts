/** US dollars for people: cents, or as many digits as a tiny amount needs. */
export function usd(amount: number): string {
  if (amount === 0) return '$0';
  const size = Math.abs(amount);
  const digits = size >= 0.01 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(size)));
  return `${amount < 0 ? '-' : ''}$${size.toFixed(digits)}`;
}

const balance = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

const price = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 3,
});

const smallPrice = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});

/** Answers cost fractions of a cent, and the exact amount is what was charged. */
const charge = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 8,
});

/** `$12.34`; for amounts of money that a person has. */
export function formatBalance(usd: number): string {
  return balance.format(usd);
}

/** `$1.50`, `$0.075`, `$0.0005`; for a price per million. */
export function formatPrice(usd: number): string {
  return usd > 0 && usd < 0.01 ? smallPrice.format(usd) : price.format(usd);
}

/** `$0.000887`; for what one answer cost. */
export function formatCharge(usd: number): string {
  return charge.format(usd);
}

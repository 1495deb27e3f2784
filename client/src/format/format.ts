/** Writes numbers, money and dates in one language. Each function is cheap to call. */
export interface Format {
  /** `1,234`. */
  count(value: number): string;
  /** `128K`, `1M`; for context lengths. */
  tokens(value: number): string;
  /** `12.5%`, of a share from 0 to 1. */
  percent(share: number): string;
  /** `2.5`, `0.04`; how many times as much. */
  factor(value: number): string;
  /** `$12.34`; for amounts of money that a person has. US dollars. */
  balance(usd: number): string;
  /** `$1.50`, `$0.075`, `$0.0005`; for a price per million. */
  price(usd: number): string;
  /** `$0.000887`; for what one answer cost, exactly. */
  charge(usd: number): string;
  /** `0.8 s`, `12 s`, `3 min`; of milliseconds. */
  duration(ms: number): string;
  /** `320 ms`. */
  milliseconds(ms: number): string;
  /** `1.4 MB`. */
  bytes(value: number): string;
  /** `now`, `12 minutes ago`, `3 days ago`; of milliseconds. */
  age(ms: number): string;
  /** `2:05 PM`, in the reader's time zone; epoch milliseconds or ISO 8601. */
  time(at: string | number): string;
  /** `Oct 1, 2026`. */
  day(at: string | number): string;
  /** `October 2026`. */
  month(at: Date): string;
  /** `Oct 1, 2026, 2:05 PM`. */
  date(at: string | number): string;
  /** `a, b, and c`. */
  list(items: readonly string[]): string;
}

const MILLION = 1_000_000;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** @param language - BCP 47. */
export function createFormat(language: string): Format {
  const number = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options);
  const usd = (options: Intl.NumberFormatOptions) =>
    number({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...options });
  const unit = (name: string, digits: number) =>
    number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });

  const whole = number();
  const compact = number({ notation: 'compact', maximumFractionDigits: 0 });
  const compactMillions = number({ notation: 'compact', maximumFractionDigits: 1 });
  const percent = number({ style: 'percent', maximumFractionDigits: 1 });
  const factor = number({ maximumSignificantDigits: 2 });
  const balance = usd({});
  const price = usd({ minimumFractionDigits: 2, maximumFractionDigits: 3 });
  const smallPrice = usd({ maximumSignificantDigits: 2 });
  const charge = usd({ minimumFractionDigits: 2, maximumFractionDigits: 8 });
  const milliseconds = unit('millisecond', 0);
  const shortSeconds = unit('second', 1);
  const seconds = unit('second', 0);
  const minutes = unit('minute', 0);
  const sizes = [unit('byte', 0), unit('kilobyte', 0), unit('megabyte', 1), unit('gigabyte', 1)];
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });

  return {
    count: (value) => whole.format(value),
    tokens: (value) => (value < MILLION ? compact : compactMillions).format(value),
    percent: (share) => percent.format(share),
    factor: (value) => factor.format(value),
    balance: (amount) => balance.format(amount),
    price: (amount) => (amount > 0 && amount < 0.01 ? smallPrice : price).format(amount),
    charge: (amount) => charge.format(amount),
    duration(ms) {
      if (ms < 10 * SECOND_MS) return shortSeconds.format(ms / SECOND_MS);
      return ms < 2 * MINUTE_MS ? seconds.format(ms / SECOND_MS) : minutes.format(ms / MINUTE_MS);
    },
    milliseconds: (ms) => milliseconds.format(ms),
    bytes(value) {
      const power = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
      return (sizes[power] ?? whole).format(value / 1000 ** power);
    },
    age(ms) {
      if (ms < MINUTE_MS) return relative.format(0, 'second');
      if (ms < HOUR_MS) return relative.format(-Math.round(ms / MINUTE_MS), 'minute');
      if (ms < DAY_MS) return relative.format(-Math.round(ms / HOUR_MS), 'hour');
      return relative.format(-Math.round(ms / DAY_MS), 'day');
    },
    time: (at) => time.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    month: (at) => month.format(at),
    date: (at) => date.format(new Date(at)),
    list: (items) => list.format(items),
  };
}

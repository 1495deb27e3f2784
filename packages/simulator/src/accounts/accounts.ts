import { createHash } from 'node:crypto';
import { simulatorKeys, type SimulatorKeys } from './keys.ts';
import { roundUsd } from './money.ts';

/** Rules that an owner put on a key. A block is a 403, a data rule a 404. */
export interface Guardrail {
  /** Content that must not leave the house; its names are what the refusal shows. */
  readonly blockedPatterns: readonly { name: string; pattern: RegExp }[];
  /** Authors whose models the key may not use. */
  readonly ignoredAuthors: readonly string[];
  /** Only endpoints that keep nothing. */
  readonly enforceZdr: boolean;
}

/** Who pays. Money in US dollars; balances live in memory and start afresh with each simulator. */
export interface Account {
  readonly userId: string;
  readonly purchasedUsd: number;
  usageUsd: number;
  /** What running requests may yet cost. */
  reservedUsd: number;
  /** Free-model requests of this account: all keys and all `:free` models count together. */
  readonly freeRequests: { day: string; today: number; lastMinute: number[] };
}

/** A key and what was spent with it. */
export interface ApiKey {
  readonly keyName: string;
  readonly secret: string;
  readonly hash: string;
  readonly account: Account;
  readonly isManagement: boolean;
  disabled: boolean;
  readonly expiresAt: number | null;
  limitUsd: number | null;
  limitReset: 'daily' | 'weekly' | 'monthly' | null;
  readonly guardrail: Guardrail | null;
  usageUsd: number;
  /** Dollars by UTC day (`YYYY-MM-DD`), for the daily, weekly and monthly figures. */
  readonly usageByDay: Map<string, number>;
}

export interface NewKey {
  keyName: string;
  secret: string;
  account: Account;
  isManagement?: boolean;
  disabled?: boolean;
  expiresAt?: number | null;
  limitUsd?: number | null;
  limitReset?: ApiKey['limitReset'];
  guardrail?: Guardrail | null;
  usageUsd?: number;
}

/** All accounts and keys of one simulator. */
export interface Accounts {
  readonly keys: SimulatorKeys;
  /** The account with credits, which also consents to authorizations. */
  readonly main: Account;
  find(secret: string): ApiKey | undefined;
  add(key: NewKey): ApiKey;
  /** Books a cost on the key and on its account. */
  charge(key: ApiKey, costUsd: number): void;
}

const USER_KEYS_GUARDRAIL: Guardrail = {
  blockedPatterns: [
    { name: 'credit_card', pattern: /\b(?:\d[ -]?){15}\d\b/ },
    { name: 'us_ssn', pattern: /\b\d{3}-\d{2}-\d{4}\b/ },
  ],
  ignoredAuthors: ['x-ai'],
  enforceZdr: true,
};

/** Opens the books: the standing accounts with the keys of {@link simulatorKeys}. */
export function createAccounts(now: () => number): Accounts {
  const bySecret = new Map<string, ApiKey>();

  function add(key: NewKey): ApiKey {
    const usageUsd = key.usageUsd ?? 0;
    const made: ApiKey = {
      keyName: key.keyName,
      secret: key.secret,
      hash: createHash('sha256').update(key.secret).digest('hex'),
      account: key.account,
      isManagement: key.isManagement ?? false,
      disabled: key.disabled ?? false,
      expiresAt: key.expiresAt ?? null,
      limitUsd: key.limitUsd ?? null,
      limitReset: key.limitReset ?? null,
      guardrail: key.guardrail ?? null,
      usageUsd,
      usageByDay: new Map(usageUsd > 0 ? [[utcDay(now()), usageUsd]] : []),
    };
    bySecret.set(made.secret, made);
    return made;
  }

  const main = openAccount('main', 100, 12.3456);
  add({ keyName: 'inference', secret: simulatorKeys.inference, account: main, usageUsd: 6.75 });
  add({
    keyName: 'capped',
    secret: simulatorKeys.capped,
    account: main,
    limitUsd: 1,
    limitReset: 'monthly',
    usageUsd: 0.99,
  });
  add({
    keyName: 'management',
    secret: simulatorKeys.management,
    account: main,
    isManagement: true,
  });
  add({ keyName: 'disabled', secret: simulatorKeys.disabled, account: main, disabled: true });
  add({
    keyName: 'expired',
    secret: simulatorKeys.expired,
    account: main,
    expiresAt: now() - 86_400_000,
  });
  add({
    keyName: 'guarded',
    secret: simulatorKeys.guarded,
    account: main,
    guardrail: USER_KEYS_GUARDRAIL,
  });
  add({ keyName: 'free', secret: simulatorKeys.free, account: openAccount('free', 0, 0) });
  add({
    keyName: 'negative',
    secret: simulatorKeys.negative,
    account: openAccount('negative', 5, 5.31),
    usageUsd: 5.31,
  });
  add({
    keyName: 'poor',
    secret: simulatorKeys.poor,
    account: openAccount('poor', 5, 4.98),
    usageUsd: 4.98,
  });

  return {
    keys: simulatorKeys,
    main,
    find: (secret) => bySecret.get(secret),
    add,
    charge(key, costUsd) {
      const day = utcDay(now());
      key.account.usageUsd = roundUsd(key.account.usageUsd + costUsd);
      key.usageUsd = roundUsd(key.usageUsd + costUsd);
      key.usageByDay.set(day, roundUsd((key.usageByDay.get(day) ?? 0) + costUsd));
    },
  };
}

/** What the account can still spend, in US dollars; negative when it owes. */
export function balanceUsd(account: Account): number {
  return roundUsd(account.purchasedUsd - account.usageUsd);
}

/** What was spent with a key since the start of the day, week (from Monday) and month, all UTC. */
export function usageByPeriod(
  key: ApiKey,
  now: number,
): { daily: number; weekly: number; monthly: number } {
  const today = utcDay(now);
  const monday = utcDay(now - ((new Date(now).getUTCDay() + 6) % 7) * 86_400_000);
  const since = (first: string) =>
    roundUsd([...key.usageByDay].reduce((sum, [day, usd]) => (day >= first ? sum + usd : sum), 0));
  return { daily: since(today), weekly: since(monday), monthly: since(`${today.slice(0, 7)}-01`) };
}

/** What is left of the key's own cap, in US dollars; `null` when it has none. */
export function limitRemainingUsd(key: ApiKey, now: number): number | null {
  if (key.limitUsd === null) return null;
  const used = key.limitReset === null ? key.usageUsd : usageByPeriod(key, now)[key.limitReset];
  return Math.max(0, roundUsd(key.limitUsd - used));
}

export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function openAccount(name: string, purchasedUsd: number, usageUsd: number): Account {
  return {
    userId: `user_simulated_${name}`,
    purchasedUsd,
    usageUsd,
    reservedUsd: 0,
    freeRequests: { day: '', today: 0, lastMinute: [] },
  };
}

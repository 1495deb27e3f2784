import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { Queries } from './database.ts';
import { appTokens, type StoredAppToken } from './schema.ts';

/** What app tokens spend in one month, `YYYY-MM`; US dollars. */
export interface TokenSpending {
  /** @returns `null` when there is no such token any more. */
  read(id: string, month: string): Promise<{ spentUsd: number } | null>;
  /**
   * Puts money aside, if it still fits the limit of the token. In one statement, so that however many ask
   * at once, on however many servers, never more is put aside than there is.
   *
   * @returns The month that it counts in; `null` when it does not fit.
   */
  reserve(id: string, month: string, usd: number): Promise<string | null>;
  /** Puts the cost in the place of what was reserved for it. In a later month nothing is left of either. */
  settle(id: string, month: string, reservedUsd: number, costUsd: number): Promise<void>;
  /** Adds a cost without a limit; `null` = unknown, and so is the sum from then on. */
  add(id: string, month: string, usd: number | null): Promise<void>;
}

/** The spending in a database. A server whose clock is behind counts in the month of the others. */
export function createTokenSpending(queries: Queries): TokenSpending {
  return {
    async read(id, month) {
      const [row] = await queries
        .select({ month: appTokens.month, spentUsd: appTokens.spentUsd })
        .from(appTokens)
        .where(eq(appTokens.id, id));
      return row ? { spentUsd: spentThisMonth(row, month) ?? 0 } : null;
    },
    async reserve(id, month, usd) {
      const sum = sql`${spentIn(month)} + ${decimal(usd)}`;
      const rows = await queries
        .update(appTokens)
        .set({ month: later(month), spentUsd: sum })
        .where(and(eq(appTokens.id, id), sql`${sum} <= ${appTokens.monthlyLimitUsd}`))
        .returning({ month: appTokens.month });
      return rows[0]?.month ?? null;
    },
    async settle(id, month, reservedUsd, costUsd) {
      const sum = sql`${appTokens.spentUsd} - ${decimal(reservedUsd)} + ${decimal(costUsd)}`;
      await queries
        .update(appTokens)
        .set({ spentUsd: sql`greatest(0, ${sum})` })
        .where(and(eq(appTokens.id, id), eq(appTokens.month, month)));
    },
    async add(id, month, usd) {
      await queries
        .update(appTokens)
        .set({
          month: later(month),
          spentUsd: usd === null ? null : sql`${spentIn(month)} + ${decimal(usd)}`,
        })
        .where(eq(appTokens.id, id));
    },
  };
}

function spentIn(month: string): SQL {
  return sql`case when ${appTokens.month} >= ${month} then ${appTokens.spentUsd} else 0 end`;
}

function later(month: string): SQL {
  return sql`greatest(${appTokens.month}, ${month}::text)`;
}

/** US dollars of a stored token in this month; `null` = unknown. */
export function spentThisMonth(
  { month, spentUsd }: Pick<StoredAppToken, 'month' | 'spentUsd'>,
  thisMonth: string,
): number | null {
  return month >= thisMonth ? spentUsd : 0;
}

/** Sums of decimals are exact, those of binary fractions are not. */
function decimal(usd: number): SQL {
  return sql`${String(usd)}::numeric`;
}

import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** The queries both databases understand: one schema, one SQL dialect. */
export type Queries = PgDatabase<PgQueryResultHKT>;

/** An open database whose tables are up to date. */
export interface Database {
  queries: Queries;
  /** This process is the only one that works on it. */
  isExclusive: boolean;
  close(): Promise<void>;
}

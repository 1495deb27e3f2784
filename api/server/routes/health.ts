import type { Logger } from '@openrouter-native/openrouter';
import { sql } from 'drizzle-orm';
import type { RequestHandler } from 'express';
import type { Queries } from '../database/database.ts';

/** What the route works with. */
export interface HealthDependencies {
  queries: Pick<Queries, 'execute'>;
  logger: Logger;
}

/**
 * `GET /health`: for whatever supervises the server. `200 OK` while the database answers, else 503.
 * Of OpenRouter it says nothing, because no restart would bring that back; `/api/openrouter/health`
 * does. LibreChat has it at the same address.
 */
export function createHealthHandler({ queries, logger }: HealthDependencies): RequestHandler {
  return async function handleHealth(_request, response) {
    response.set('Cache-Control', 'no-store').type('text');
    try {
      await queries.execute(sql`select 1`);
      response.send('OK');
    } catch (error) {
      logger.warn('The database does not answer', { error });
      response.status(503).send('The database does not answer');
    }
  };
}

import { validate } from '@openrouter-native/plugin';
import { z } from 'zod';
import type { AgentFilter } from '../database/agents.ts';

const MAX_PAGE = 100;

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).optional(),
  after: z.string().optional(),
  cursor: z.string().optional(),
  search: z.string().max(200).optional(),
});

/**
 * Reads which agents are asked for: `limit` (100 at most and by default), `after` or LibreChat's
 * `cursor`, `search`. LibreChat's clients send more (`requiredPermission`, `category` …), which means
 * nothing here, and write `undefined` and `null` out where they have no value.
 *
 * @throws RequestError `invalid_request` that names the parameter.
 */
export function readListQuery(query: Record<string, unknown>): Omit<AgentFilter, 'userId'> {
  const given = Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => !['', 'undefined', 'null'].includes(value as string),
    ),
  );
  validate(querySchema, given);
  const { limit = MAX_PAGE, after, cursor, search } = querySchema.parse(given);
  return {
    limit: Math.min(limit, MAX_PAGE),
    after: after ?? cursor ?? null,
    search: search ?? null,
  };
}

import { validate } from '@openrouter-native/plugin';
import { z } from 'zod';
import type { AgentVersionChoice } from '../database/agents.ts';

const MAX_INTEGER = 2_147_483_647; // The database's.

const byNumberSchema = z.object({ version: z.int().min(1).max(MAX_INTEGER) });
const byPlaceSchema = z.object({ version_index: z.int().min(0).max(MAX_INTEGER) });

/**
 * Reads which version of an agent is meant: `version`, its number, or LibreChat's `version_index`, its
 * place in the list of versions.
 *
 * @throws RequestError `invalid_request`.
 */
export function readVersionChoice(body: object): AgentVersionChoice {
  if ('version' in body) return { version: validate(byNumberSchema, body).version };
  return { index: validate(byPlaceSchema, body).version_index };
}

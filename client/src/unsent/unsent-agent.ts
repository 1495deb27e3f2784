import type { AgentDraft, AgentField } from '@openrouter-native/react';
import { z } from 'zod';
import type { UnsentWork } from './unsent-work.ts';

/** Under which name an agent is kept while it is written. @param agentId - `null` = a new one */
export function agentName(agentId: string | null): string {
  return `agent:${agentId ?? 'new'}`;
}

const changesSchema = z
  .object({
    name: z.string(),
    description: z.string(),
    provider: z.string(),
    model: z.string().nullable(),
    instructions: z.string(),
    tools: z.array(z.string()),
    file_ids: z.array(z.string()),
    conversation_starters: z.array(z.string()),
    recursion_limit: z.string(),
    spending_limit: z.string(),
    model_parameters: z.record(z.string(), z.unknown()),
  } satisfies Record<AgentField, z.ZodType>)
  .partial();

/** The fields that were changed and not saved; `null` for none. */
export function unsavedChanges(
  work: Pick<UnsentWork, 'get'>,
  name: string,
): Partial<AgentDraft> | null {
  const { data } = changesSchema.safeParse(work.get(name));
  return data ? Object.fromEntries(Object.entries(data)) : null;
}

/** Keeps the fields that differ from what is saved; none of them are forgotten. */
export function keepChanges(
  work: Pick<UnsentWork, 'put'>,
  name: string,
  draft: AgentDraft,
  changed: readonly AgentField[],
): void {
  const changes = Object.fromEntries(changed.map((field) => [field, draft[field]]));
  work.put(name, changed.length === 0 ? null : changes);
}

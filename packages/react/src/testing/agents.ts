import type { Agent } from '@openrouter-native/protocol';

/** An agent as the host answers it. */
export function anAgent(fields: Partial<Agent> = {}): Agent {
  return {
    id: 'agent_1',
    author: 'u1',
    name: 'Sales',
    description: null,
    instructions: 'Always sell.',
    provider: 'openrouter',
    model: 'a/b',
    model_parameters: {},
    tools: [],
    conversation_starters: [],
    recursion_limit: null,
    spending_limit: null,
    file_ids: [],
    version: 1,
    created_at: 1_790_000_000,
    updatedAt: '2026-10-01T12:00:00.000Z',
    problem: null,
    ...fields,
  };
}

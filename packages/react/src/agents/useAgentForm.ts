import type { Agent } from '@openrouter-native/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useAgentsApi } from './AgentsProvider.tsx';
import type { AgentDraft } from './draft.ts';
import { createAgentForm, type AgentForm, type AgentFormSnapshot } from './form.ts';
import { noteAgent } from './useAgentActions.ts';

/** A form that lives as long as the component that uses it. */
export interface AgentFormState extends AgentFormSnapshot {
  form: AgentForm;
}

/**
 * An agent being written.
 *
 * @param agent - As it is saved, newer ones included; `null` for a new one.
 * @param initial - What a new one begins with.
 */
export function useAgentForm(agent: Agent | null, initial: AgentDraft): AgentFormState {
  const api = useAgentsApi();
  const queryClient = useQueryClient();
  const [form] = useState(() =>
    createAgentForm({
      api,
      agent,
      initial,
      onSaved: (saved) => noteAgent(queryClient, saved),
    }),
  );
  const snapshot = useSyncExternalStore(form.subscribe, form.getSnapshot, form.getSnapshot);

  useEffect(() => {
    const { saved } = form.getSnapshot();
    if (agent && agent !== saved && agent.version >= (saved?.version ?? 0)) form.take(agent);
  }, [agent, form]);

  return { ...snapshot, form };
}

import type { AgentForm, AgentFormSnapshot } from '@openrouter-native/react';
import { useEffect, useRef } from 'react';
import { useServices } from '../services-context.ts';
import { agentName, keepChanges, unsavedChanges } from './unsent-agent.ts';

/** Puts what was changed and not saved back into the form, and keeps what is changed from then on. */
export function useUnsentAgent(
  form: AgentForm,
  { saved, draft, changed }: Pick<AgentFormSnapshot, 'saved' | 'draft' | 'changed'>,
): void {
  const { unsentWork } = useServices();
  const name = agentName(saved?.id ?? null);
  const kept = useRef<string | null>(null);

  useEffect(() => {
    if (kept.current === null) {
      kept.current = name;
      const changes = unsavedChanges(unsentWork, name);
      if (changes) {
        form.change(changes);
        return;
      }
    }
    if (kept.current !== name) unsentWork.put(kept.current, null); // It has got its id.
    kept.current = name;
    keepChanges(unsentWork, name, draft, changed);
  }, [changed, draft, form, name, unsentWork]);
}

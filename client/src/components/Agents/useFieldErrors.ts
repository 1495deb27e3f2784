import type { AgentField, AgentFormSnapshot } from '@openrouter-native/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What is wrong with a field, in words: what this page found, or else what the server says. */
export function useFieldErrors({
  problems,
  refused,
}: Pick<AgentFormSnapshot, 'problems' | 'refused'>): (field: AgentField) => string | null {
  const { t } = useTranslation();
  return useCallback(
    (field) => {
      const problem = problems[field];
      if (problem === 'missing') return t('agents.modelMissing');
      if (problem === 'not-a-number') return t('agents.notANumber');
      if (problem === 'out-of-range') {
        return t(field === 'recursion_limit' ? 'agents.stepsRange' : 'agents.moneyRange');
      }
      const words = refused[field];
      return words === undefined ? null : t('agents.refused', { words });
    },
    [problems, refused, t],
  );
}

import type { Agent } from '@openrouter-native/protocol';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../../agents/useProblemText.ts';

/** Why an agent cannot be used as it is; nothing when it can. */
export function AgentProblem({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const text = useProblemText(agent);
  if (text === null) return null;
  return (
    <p className="flex items-start gap-1.5 text-small text-warn">
      <TriangleAlert size={15} aria-hidden="true" className="mt-px shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium">{t('agents.needsAttention')}</span> {text}
      </span>
    </p>
  );
}

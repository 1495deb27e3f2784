import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Why an agent cannot be used as it is. */
export function AgentProblem({ message }: { message: string }) {
  const { t } = useTranslation();
  return (
    <p className="flex items-start gap-1.5 text-small text-warn">
      <TriangleAlert size={15} aria-hidden="true" className="mt-px shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium">{t('agents.needsAttention')}</span> {message}
      </span>
    </p>
  );
}

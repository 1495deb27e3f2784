import { useAgent } from '@openrouter-native/react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { AgentIntro } from './AgentIntro.tsx';

/** The empty chat with an agent that may have to be read first, or be gone. */
export function AgentGreeting({
  agentId,
  onAsk,
}: {
  agentId: string;
  onAsk: (question: string) => void;
}) {
  const { t } = useTranslation();
  const { data: agent, error, reload } = useAgent(agentId);
  if (agent) return <AgentIntro agent={agent} onAsk={onAsk} />;
  return (
    <div className="m-auto w-full max-w-120 space-y-4 px-4 py-8">
      {error ? (
        <>
          <ErrorCard error={error.details} onRetry={reload} announce />
          <Link to="/agents" className={buttonClass('outline')}>
            {t('agents.manage')}
          </Link>
        </>
      ) : (
        <p role="status" className="text-center text-ink-soft">
          {t('common.loading')}
        </p>
      )}
    </div>
  );
}

import type { HostConfig, User } from '@openrouter-native/protocol';
import { useAgent } from '@openrouter-native/react';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { AgentBuilder } from '../components/Agents/AgentBuilder.tsx';
import { Header } from '../components/Header/Header.tsx';
import { buttonClass } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';

/** Where an agent is made or changed. */
export function AgentBuilderPage({ config, user }: { config: HostConfig; user: User }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { agentId = 'new' } = useParams();
  // What has just been made goes on in the same form, under its own address.
  const [createdId, setCreatedId] = useState<string | null>(null);
  const isNew = agentId === 'new';
  const { data: agent, error, reload } = useAgent(isNew ? null : agentId);

  if (isNew || agent) {
    return (
      <AgentBuilder
        key={agentId === createdId ? 'new' : agentId}
        config={config}
        user={user}
        agent={agent ?? null}
        onCreated={({ id }) => {
          setCreatedId(id);
          void navigate(`/agents/${id}`, { replace: true });
        }}
      />
    );
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${t('agents.title')} · ${config.appTitle}`}</title>
      <Header appTitle={config.appTitle} user={user}>
        <Link to="/agents" className={buttonClass('quiet')}>
          <ArrowLeft size={16} aria-hidden="true" />
          {t('agents.back')}
        </Link>
      </Header>
      <main className="mx-auto w-full max-w-168 px-4 py-8">
        <h1 className="sr-only">{t('agents.title')}</h1>
        {error ? (
          <ErrorCard error={error.details} onRetry={reload} announce />
        ) : (
          <p role="status" className="text-ink-soft">
            {t('common.loading')}
          </p>
        )}
      </main>
    </div>
  );
}

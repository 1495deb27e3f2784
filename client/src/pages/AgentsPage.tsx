import type { HostConfig, User } from '@openrouter-native/protocol';
import { useAgents } from '@openrouter-native/react';
import { PanelLeft, Plus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AgentList } from '../components/Agents/AgentList.tsx';
import { NoAgents } from '../components/Agents/NoAgents.tsx';
import { Header } from '../components/Header/Header.tsx';
import { SidebarFrame } from '../components/Sidebar/SidebarFrame.tsx';
import { useSidebar } from '../components/Sidebar/useSidebar.ts';
import { SkipLink } from '../components/SkipLink.tsx';
import { buttonClass } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { IconButton } from '../components/ui/IconButton.tsx';
import { SearchField } from '../components/ui/SearchField.tsx';
import { useServices } from '../services-context.ts';

/** The agents of one person. */
export function AgentsPage({ config, user }: { config: HostConfig; user: User }) {
  const { threads } = useServices();
  const { t } = useTranslation();
  const { isOpen, setIsOpen } = useSidebar();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const pages = useAgents(search);
  const { agents, error, isFetching } = pages;
  const hasNone = agents?.length === 0 && search === '';

  return (
    <div className="flex h-dvh">
      <title>{`${t('agents.title')} · ${config.appTitle}`}</title>
      <SkipLink targetId="agents">{t('agents.skip')}</SkipLink>
      <SidebarFrame isOpen={isOpen} onClose={() => setIsOpen(false)} onGone={threads.forget} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header
          appTitle={config.appTitle}
          user={user}
          start={
            !isOpen && (
              <IconButton
                label={t('sidebar.open')}
                icon={<PanelLeft size={18} />}
                onClick={() => setIsOpen(true)}
              />
            )
          }
        />
        <main
          id="agents"
          tabIndex={-1}
          aria-busy={isFetching}
          className="min-h-0 flex-1 overflow-y-auto outline-none"
        >
          <div className="mx-auto w-full max-w-200 px-4 py-8 sm:px-6">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <h1 className="text-display font-semibold">{t('agents.title')}</h1>
              {!hasNone && (
                <Link to="/agents/new" className={buttonClass('primary')}>
                  <Plus size={16} aria-hidden="true" />
                  {t('agents.create')}
                </Link>
              )}
            </div>
            {!hasNone && <p className="mt-1 text-ink-soft">{t('agents.whatTheyAre')}</p>}
            {(search !== '' || (agents?.length ?? 0) > 0) && (
              <div className="mt-6">
                <SearchField label={t('agents.search')} text={text} onChange={setText} />
              </div>
            )}
            <div className="mt-4">
              {error && !agents && (
                <ErrorCard error={error.details} onRetry={pages.reload} announce />
              )}
              {!agents && !error && <Waiting />}
              {hasNone && <NoAgents />}
              {agents?.length === 0 && search !== '' && (
                <p role="status" className="py-6 text-ink-soft">
                  {t('agents.notFound', { search })}
                </p>
              )}
              {agents && agents.length > 0 && <AgentList pages={pages} />}
            </div>
          </div>
        </main>
      </div>
    </div>
  );
}

/** Rows to come. */
function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" className="animate-pulse-soft">
      <span className="sr-only">{t('common.loading')}</span>
      {[0, 1, 2].map((row) => (
        <div key={row} aria-hidden="true" className="flex gap-4 py-4">
          <div className="size-10 rounded-md bg-sunken" />
          <div className="flex-1 space-y-2 pt-1">
            <div className="h-3.5 w-2/5 rounded-sm bg-sunken" />
            <div className="h-3 w-3/5 rounded-sm bg-sunken" />
          </div>
        </div>
      ))}
    </div>
  );
}

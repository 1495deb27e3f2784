import type { HostConfig, ProviderStatus, User } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { ArrowLeft, RefreshCw, Stethoscope } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ConnectionSection } from '../components/Admin/ConnectionSection.tsx';
import { LimitsSection } from '../components/Admin/LimitsSection.tsx';
import { ModelsSection } from '../components/Admin/ModelsSection.tsx';
import { PeopleSection } from '../components/Admin/PeopleSection.tsx';
import { ProviderCard } from '../components/Admin/ProviderCard.tsx';
import { ToolsSection } from '../components/Admin/ToolsSection.tsx';
import { Header } from '../components/Header/Header.tsx';
import { AllTokensSection } from '../components/Tokens/AllTokensSection.tsx';
import { Button, buttonClass } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { useProviderStatus } from '../host/queries.ts';

/** How the server is set up, and how OpenRouter fares. */
export function AdminPage({ config, user }: { config: HostConfig; user: User }) {
  const { t } = useTranslation();
  const { data: status, error, isFetching, refetch } = useProviderStatus();
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${t('admin.title')} · ${config.appTitle}`}</title>
      <Header appTitle={config.appTitle} user={user}>
        <Link to="/" className={buttonClass('quiet')}>
          <ArrowLeft size={16} aria-hidden="true" />
          {t('common.back')}
        </Link>
      </Header>
      <main className="mx-auto w-full max-w-200 px-4 py-8">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-display font-semibold">{t('admin.title')}</h1>
          <div className="flex flex-wrap gap-2">
            <Link to="/admin/doctor" className={buttonClass('outline')}>
              <Stethoscope size={15} aria-hidden="true" />
              {t('admin.doctor')}
            </Link>
            <Button onClick={() => void refetch()} aria-busy={isFetching}>
              <RefreshCw
                size={15}
                aria-hidden="true"
                className={isFetching ? 'animate-spin' : ''}
              />
              {t('admin.checkAgain')}
            </Button>
          </div>
        </div>
        {error && (
          <ErrorCard error={toApiError(error).details} onRetry={() => void refetch()} announce />
        )}
        {status ? <Report status={status} version={config.version} /> : !error && <Waiting />}
      </main>
    </div>
  );
}

function Report({ status, version }: { status: ProviderStatus; version: string }) {
  const { t } = useTranslation();
  return (
    <>
      <ProviderCard status={status} />
      <div className="mt-2">
        <ConnectionSection status={status} />
        <ModelsSection status={status} />
        <PeopleSection accounts={status.accounts} />
        <AllTokensSection />
        <LimitsSection limits={status.limits} />
        <ToolsSection servers={status.mcp_servers} />
      </div>
      <p className="border-t border-line pt-4 text-small text-ink-faint">
        {t('admin.version', { version })}
      </p>
    </>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <p role="status" className="text-ink-soft">
      {t('admin.asking')}
    </p>
  );
}

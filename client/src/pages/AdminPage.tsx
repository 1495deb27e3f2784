import type { HostConfig, ProviderStatus, User } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { ArrowLeft, RefreshCw, Stethoscope } from 'lucide-react';
import { Link } from 'react-router';
import { ProviderCard } from '../components/Admin/ProviderCard.tsx';
import { Header } from '../components/Header/Header.tsx';
import { Button, buttonClass } from '../components/ui/Button.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { useProviderStatus } from '../host/queries.ts';

/** How OpenRouter is set up, and how it fares. */
export function AdminPage({ config, user }: { config: HostConfig; user: User }) {
  const { data: status, error, isFetching, refetch } = useProviderStatus();
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`Administration · ${config.appTitle}`}</title>
      <Header appTitle={config.appTitle} user={user}>
        <Link to="/" className={buttonClass('quiet')}>
          <ArrowLeft size={16} aria-hidden="true" />
          Back to the chat
        </Link>
      </Header>
      <main className="mx-auto w-full max-w-176 px-4 py-8">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-display font-semibold">Administration</h1>
          <div className="flex flex-wrap gap-2">
            <Link to="/admin/doctor" className={buttonClass('outline')}>
              <Stethoscope size={15} aria-hidden="true" />
              Doctor
            </Link>
            <Button onClick={() => void refetch()} aria-busy={isFetching}>
              <RefreshCw
                size={15}
                aria-hidden="true"
                className={isFetching ? 'animate-spin' : ''}
              />
              Check again
            </Button>
          </div>
        </div>
        {error && <ErrorCard error={toApiError(error).details} announce />}
        {status ? <Report status={status} version={config.version} /> : !error && <Waiting />}
      </main>
    </div>
  );
}

function Report({ status, version }: { status: ProviderStatus; version: string }) {
  return (
    <>
      <ProviderCard status={status} />
      <p className="mt-6 text-small text-ink-faint">Version {version}</p>
    </>
  );
}

function Waiting() {
  return (
    <p role="status" className="text-ink-soft">
      Asking the server …
    </p>
  );
}

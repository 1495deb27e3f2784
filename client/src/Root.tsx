import type { HostConfig } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { lazy, Suspense, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { ErrorCard } from './components/ui/ErrorCard.tsx';
import { Logo } from './components/ui/Logo.tsx';
import { PageWait } from './components/ui/PageWait.tsx';
import { useHostConfig } from './host/queries.ts';
import { Offline } from './Offline.tsx';
import { useServices, useSession } from './services-context.ts';
import { SignedIn } from './SignedIn.tsx';

const SignInPage = lazy(async () => {
  const { SignInPage: component } = await import('./pages/SignInPage.tsx');
  return { default: component };
});

const SignUpPage = lazy(async () => {
  const { SignUpPage: component } = await import('./pages/SignUpPage.tsx');
  return { default: component };
});

/** Decides between waiting, signing in and the app itself. */
export function Root() {
  const { t } = useTranslation();
  const { session: store } = useServices();
  const session = useSession();
  const { data: config, error, refetch } = useHostConfig();

  const retry = useCallback(async () => {
    await store.restore(); // First, so that nobody who is signed in sees the page for signing in.
    await refetch();
  }, [refetch, store]);
  const onRetry = useCallback(() => void retry(), [retry]);

  if (error && !config) {
    const { details } = toApiError(error);
    if (details.reason === 'server_unreachable') return <Offline onRetry={onRetry} />;
    return (
      <main className="mx-auto flex min-h-dvh max-w-120 flex-col justify-center gap-6 px-5">
        <Logo size={36} />
        <h1 className="text-title font-semibold">{t('common.cannotStart')}</h1>
        <ErrorCard error={details} onRetry={onRetry} announce />
      </main>
    );
  }
  if (!config || session.status === 'restoring') return <PageWait />;
  if (session.status === 'signed-out') {
    return (
      <Suspense fallback={<PageWait />}>
        <SignedOut config={config} expired={session.expired} />
      </Suspense>
    );
  }
  return <SignedIn key={session.user.id} config={config} user={session.user} />;
}

function SignedOut({ config, expired }: { config: HostConfig; expired: boolean }) {
  const canSignUp = config.setup || config.registrationEnabled;
  return (
    <Routes>
      {canSignUp && <Route path="/sign-up" element={<SignUpPage config={config} />} />}
      <Route
        path="*"
        element={
          config.setup ? (
            <Navigate to="/sign-up" replace />
          ) : (
            <SignInPage config={config} expired={expired} />
          )
        }
      />
    </Routes>
  );
}

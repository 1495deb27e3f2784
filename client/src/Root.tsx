import type { HostConfig } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { Navigate, Route, Routes } from 'react-router';
import { ErrorCard } from './components/ui/ErrorCard.tsx';
import { Logo } from './components/ui/Logo.tsx';
import { useHostConfig } from './host/queries.ts';
import { SignInPage } from './pages/SignInPage.tsx';
import { SignUpPage } from './pages/SignUpPage.tsx';
import { useServices, useSession } from './services-context.ts';
import { SignedIn } from './SignedIn.tsx';

/** Decides between waiting, signing in and the app itself. */
export function Root() {
  const { session: store } = useServices();
  const session = useSession();
  const { data: config, error, refetch } = useHostConfig();

  if (error && !config) {
    const retry = () => {
      void refetch();
      void store.restore();
    };
    return (
      <main className="mx-auto flex min-h-dvh max-w-120 flex-col justify-center gap-6 px-5">
        <Logo size={36} />
        <h1 className="text-title font-semibold">The app cannot start</h1>
        <ErrorCard error={toApiError(error).details} onRetry={retry} announce />
      </main>
    );
  }
  if (!config || session.status === 'restoring') return <Splash />;
  if (session.status === 'signed-out') {
    return <SignedOut config={config} expired={session.expired} />;
  }
  return <SignedIn config={config} user={session.user} />;
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

function Splash() {
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <div className="animate-pulse-soft">
        <Logo size={40} />
      </div>
      <h1 className="sr-only">Loading</h1>
    </main>
  );
}

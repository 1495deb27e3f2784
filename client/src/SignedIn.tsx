import type { HostConfig, User } from '@openrouter-native/protocol';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { PageWait } from './components/ui/PageWait.tsx';
import { ChatPage } from './pages/ChatPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';

const AccountPage = lazy(async () => {
  const { AccountPage: component } = await import('./pages/AccountPage.tsx');
  return { default: component };
});

const AdminPage = lazy(async () => {
  const { AdminPage: component } = await import('./pages/AdminPage.tsx');
  return { default: component };
});

const DoctorPage = lazy(async () => {
  const { DoctorPage: component } = await import('./pages/DoctorPage.tsx');
  return { default: component };
});

/** The app of one person. */
export function SignedIn({ config, user }: { config: HostConfig; user: User }) {
  const isAdmin = user.role === 'ADMIN';
  return (
    <Routes>
      {['/', '/c/:conversationId'].map((path) => (
        <Route key={path} path={path} element={<ChatPage config={config} user={user} />} />
      ))}
      <Route
        path="/account"
        element={
          <Suspense fallback={<PageWait />}>
            <AccountPage config={config} user={user} />
          </Suspense>
        }
      />
      {isAdmin && (
        <Route
          path="/admin/doctor"
          element={
            <Suspense fallback={<PageWait />}>
              <DoctorPage config={config} user={user} />
            </Suspense>
          }
        />
      )}
      {isAdmin && (
        <Route
          path="/admin"
          element={
            <Suspense fallback={<PageWait />}>
              <AdminPage config={config} user={user} />
            </Suspense>
          }
        />
      )}
      <Route path="/sign-up" element={<Navigate to="/" replace />} />
      <Route path="/sign-in" element={<Navigate to="/" replace />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

import type { HostConfig, User } from '@openrouter-native/protocol';
import { lazy, Suspense, type ComponentType } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { PageWait } from './components/ui/PageWait.tsx';
import { textsAreThere } from './i18n/late-texts.ts';
import { ChatPage } from './pages/ChatPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';

const AccountPage = page(async () => (await import('./pages/AccountPage.tsx')).AccountPage);
const AdminPage = page(async () => (await import('./pages/AdminPage.tsx')).AdminPage);
const AgentBuilderPage = page(
  async () => (await import('./pages/AgentBuilderPage.tsx')).AgentBuilderPage,
);
const AgentsPage = page(async () => (await import('./pages/AgentsPage.tsx')).AgentsPage);
const DoctorPage = page(async () => (await import('./pages/DoctorPage.tsx')).DoctorPage);

/** The app of one person. */
export function SignedIn({ config, user }: { config: HostConfig; user: User }) {
  const isAdmin = user.role === 'ADMIN';
  return (
    <Routes>
      {['/', '/c/:conversationId'].map((path) => (
        <Route key={path} path={path} element={<ChatPage config={config} user={user} />} />
      ))}
      <Route
        path="/agents"
        element={
          <Suspense fallback={<PageWait />}>
            <AgentsPage config={config} user={user} />
          </Suspense>
        }
      />
      <Route
        path="/agents/:agentId"
        element={
          <Suspense fallback={<PageWait />}>
            <AgentBuilderPage config={config} user={user} />
          </Suspense>
        }
      />
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

/** A page that comes, with its texts, when somebody goes there. */
function page<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), textsAreThere()]);
    return { default: component };
  });
}

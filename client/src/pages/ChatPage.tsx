import type { HostConfig, User } from '@openrouter-native/protocol';
import { toApiError, useThreadConversation } from '@openrouter-native/react';
import { PanelLeft, SquarePen } from 'lucide-react';
import { useCallback, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useAnswerSettings } from '../chats/useAnswerSettings.ts';
import { KeyNotice } from '../components/Account/KeyNotice.tsx';
import { Chat } from '../components/Chat/Chat.tsx';
import { NoProvider } from '../components/Chat/NoProvider.tsx';
import { PresetNotice } from '../components/Chat/PresetNotice.tsx';
import { CreditBalance } from '../components/CreditBalance/CreditBalance.tsx';
import { AnswererSelect } from '../components/Header/AnswererSelect.tsx';
import { Header } from '../components/Header/Header.tsx';
import { SettingsButton } from '../components/Settings/SettingsButton.tsx';
import { SettingsFrame } from '../components/Settings/SettingsFrame.tsx';
import { SidebarFrame } from '../components/Sidebar/SidebarFrame.tsx';
import { useSidebar } from '../components/Sidebar/useSidebar.ts';
import { SimulatorBanner } from '../components/SimulatorBanner.tsx';
import { SkipLink } from '../components/SkipLink.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { IconButton } from '../components/ui/IconButton.tsx';
import { useEndpoints } from '../host/queries.ts';
import { textsAreThere } from '../i18n/late-texts.ts';
import { useServices } from '../services-context.ts';
import { messageName } from '../unsent/unsent-message.ts';

/** Of the few who have agents. */
const AgentGreeting = lazy(async () => {
  const load = import('../components/Agents/AgentGreeting.tsx');
  const [{ AgentGreeting: component }] = await Promise.all([load, textsAreThere()]);
  return { default: component };
});

/** The conversations beside; provider, model and balance at the top; one conversation below. */
export function ChatPage({ config, user }: { config: HostConfig; user: User }) {
  const { threads } = useServices();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversationId } = useParams();
  const [query] = useSearchParams();
  const { isOpen, setIsOpen } = useSidebar();
  const [hasSettings, setHasSettings] = useState(false);
  const closeSettings = useCallback(() => setHasSettings(false), []);
  const [isPickerOpen, setIsPickerOpen] = useState(false);
  const { data: endpoints, error, refetch } = useEndpoints();
  const thread = useMemo(
    () => (conversationId === undefined ? threads.fresh() : threads.open(conversationId)),
    [conversationId, threads],
  );
  const conversation = useThreadConversation(thread);
  const choice = useAnswerSettings(conversation, {
    conversationId: conversationId ?? null,
    agentId: query.get('agent'),
  });
  const { settings, change } = choice;
  const { agent_id: agentId } = settings;
  const hasOpenRouter = endpoints?.openrouter != null;
  const isSimulated = config.openrouter.mode === 'simulator';
  const begunId = conversation?.conversationId;

  useEffect(() => {
    if (conversationId === undefined && begunId !== undefined) {
      void navigate(`/c/${begunId}`, { replace: true });
    }
  }, [begunId, conversationId, navigate]);

  return (
    <div className="flex h-dvh">
      <title>{conversation ? `${conversation.title} · ${config.appTitle}` : config.appTitle}</title>
      <SkipLink targetId="chat">{t('chat.skip')}</SkipLink>
      <SidebarFrame
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onGone={(id) => {
          threads.forget(id);
          if (id === begunId) void navigate('/');
        }}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header
          appTitle={config.appTitle}
          user={user}
          actions={
            <>
              {hasOpenRouter && <CreditBalance />}
              <IconButton
                label={t('sidebar.newChat')}
                icon={<SquarePen size={18} />}
                onClick={() => void navigate('/')}
              />
            </>
          }
          start={
            !isOpen && (
              <IconButton
                label={t('sidebar.open')}
                icon={<PanelLeft size={18} />}
                onClick={() => setIsOpen(true)}
              />
            )
          }
        >
          {hasOpenRouter && (
            <>
              <AnswererSelect
                settings={settings}
                onChange={change}
                isNew={conversationId === undefined}
                isSimulated={isSimulated}
                isPickerOpen={isPickerOpen}
                onPickerOpenChange={setIsPickerOpen}
              />
              <SettingsButton
                settings={settings}
                isOpen={hasSettings}
                onToggle={() => setHasSettings(!hasSettings)}
              />
            </>
          )}
        </Header>
        {isSimulated && hasOpenRouter && <SimulatorBanner />}
        <KeyNotice />
        {choice.retryPreset && <PresetNotice onRetry={choice.retryPreset} />}
        <div className="flex min-h-0 flex-1">
          <main
            id="chat"
            tabIndex={-1}
            className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
          >
            <h1 className="sr-only">{t('chat.title')}</h1>
            {hasOpenRouter && (
              <Chat
                thread={thread}
                settings={settings}
                userName={user.name}
                unsentName={messageName(begunId ?? conversationId ?? null)}
                renderEmpty={
                  agentId == null
                    ? undefined
                    : (ask) => (
                        <Suspense>
                          <AgentGreeting agentId={agentId} onAsk={ask} />
                        </Suspense>
                      )
                }
                onChooseModel={agentId == null ? () => setIsPickerOpen(true) : undefined}
              />
            )}
            {endpoints && !hasOpenRouter && <NoProvider isAdmin={user.role === 'ADMIN'} />}
            {error && !endpoints && (
              <div className="m-auto w-full max-w-120 px-5">
                <ErrorCard
                  error={toApiError(error).details}
                  onRetry={() => void refetch()}
                  announce
                />
              </div>
            )}
          </main>
          {hasOpenRouter && (
            <SettingsFrame
              thread={thread}
              choice={choice}
              isReady={conversationId === undefined || conversation !== null}
              isOpen={hasSettings}
              onClose={closeSettings}
            />
          )}
        </div>
      </div>
    </div>
  );
}

import type { Agent } from '@openrouter-native/protocol';
import { useThread, type Thread } from '@openrouter-native/react';
import { FlaskConical, RotateCcw, Save } from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTestChat } from '../../agents/useTestChat.ts';
import { Chat } from '../Chat/Chat.tsx';
import { Button } from '../ui/Button.tsx';
import { AgentIntro } from './AgentIntro.tsx';

/** Where an agent is tried while it is being written. */
export interface TestPaneProps {
  /** As it is saved; `null` before that. */
  agent: Agent | null;
  /** What is written differs from what is saved. */
  isDirty: boolean;
  userName: string;
  onSave: () => Promise<void>;
}

/** A real conversation with the agent as it is saved. Drawn anew only when that changes. */
export const TestPane = memo(function TestPane(props: TestPaneProps) {
  const { agent, isDirty, userName, onSave } = props;
  const { t } = useTranslation();
  return (
    <section
      id="agent-test"
      tabIndex={-1}
      aria-labelledby="agent-test-title"
      className="flex h-full min-h-0 flex-col outline-none"
    >
      {agent ? (
        <Test agent={agent} isDirty={isDirty} userName={userName} onSave={onSave} />
      ) : (
        <>
          <PaneHeader />
          <div className="m-auto max-w-88 px-6 py-10 text-center">
            <FlaskConical size={26} aria-hidden="true" className="mx-auto text-ink-faint" />
            <p className="mt-3 text-ink-soft">{t('agents.testAfterSaving')}</p>
            <Button onClick={() => void onSave()} className="mt-5">
              <Save size={15} aria-hidden="true" />
              {t('agents.saveAndTry')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
});

function PaneHeader({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-13 shrink-0 flex-wrap items-center justify-between gap-x-3 border-b border-line px-4 py-1.5">
      <div>
        <h2 id="agent-test-title" className="text-body font-semibold">
          {t('agents.test')}
        </h2>
        <p className="text-tiny text-ink-faint">{t('agents.testHint')}</p>
      </div>
      {children}
    </div>
  );
}

function Test({ agent, isDirty, userName, onSave }: TestPaneProps & { agent: Agent }) {
  const { t } = useTranslation();
  const { thread, restart } = useTestChat();
  return (
    <>
      <PaneHeader>
        <Restart thread={thread} onRestart={restart} />
      </PaneHeader>
      {isDirty && (
        <div
          role="status"
          className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line bg-accent-soft px-4 py-2 text-small"
        >
          <p>{t('agents.testIsOfSaved')}</p>
          <Button onClick={() => void onSave()}>
            <Save size={15} aria-hidden="true" />
            {t('agents.saveAndTry')}
          </Button>
        </div>
      )}
      <TestChat thread={thread} agent={agent} userName={userName} />
    </>
  );
}

/** There is something to begin anew once something was said. */
function Restart({ thread, onRestart }: { thread: Thread; onRestart: () => void }) {
  const { t } = useTranslation();
  const { branch } = useThread(thread);
  if (branch.length === 0) return null;
  return (
    <Button look="quiet" onClick={onRestart}>
      <RotateCcw size={15} aria-hidden="true" />
      {t('agents.newTest')}
    </Button>
  );
}

function TestChat({ thread, agent, userName }: { thread: Thread; agent: Agent; userName: string }) {
  const settings = useMemo(() => ({ agent_id: agent.id }), [agent.id]);
  return (
    <Chat
      thread={thread}
      settings={settings}
      userName={userName}
      renderEmpty={(ask) => <AgentIntro agent={agent} onAsk={ask} />}
    />
  );
}

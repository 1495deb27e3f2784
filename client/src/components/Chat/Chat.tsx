import { useThread, type AnswerSettings, type Thread } from '@openrouter-native/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { preloadMarkdown } from '../Markdown/MarkdownText.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { AnswerAnnouncer } from './AnswerAnnouncer.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { EmptyChat } from './EmptyChat.tsx';

/**
 * One conversation and the field to go on with it.
 *
 * @param empty - Stands in before anything was said; its `ask` sends a question at once. Without it,
 *   that is a greeting.
 */
export function Chat({
  thread,
  settings,
  userName,
  empty,
}: {
  thread: Thread;
  settings: AnswerSettings;
  userName: string;
  empty?: ((ask: (question: string) => void) => ReactNode) | undefined;
}) {
  const { t } = useTranslation();
  const snapshot = useThread(thread);
  const { status, failure, unsent } = snapshot;
  const [text, setText] = useState('');
  const [returned, setReturned] = useState(unsent);
  const inputRef = useRef<HTMLTextAreaElement>(null);
  const isAnswering = status !== 'ready' && status !== 'loading';
  const hasAnswerer = settings.model != null || settings.agent_id != null;

  if (unsent !== returned) {
    setReturned(unsent);
    if (unsent && text === '') setText(unsent.text); // Nothing that was written is lost.
  }

  useEffect(preloadMarkdown, []);

  useEffect(() => {
    if (!isAnswering) return;
    function onKeyDown(event: KeyboardEvent) {
      // A dialog or menu that is open handles Escape itself, and prevents the default.
      if (event.key === 'Escape' && !event.defaultPrevented) thread.stop();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isAnswering, thread]);

  function begin(prompt: string) {
    setText(prompt);
    inputRef.current?.focus();
  }

  function ask(question: string) {
    thread.send({ text: question, files: [] }, settings);
    inputRef.current?.focus();
  }

  return (
    <>
      <AnswerAnnouncer snapshot={snapshot} />
      <Conversation
        thread={thread}
        snapshot={snapshot}
        settings={settings}
        empty={empty ? empty(ask) : <EmptyChat name={userName} onStart={begin} />}
      >
        {failure && (
          <div className="pb-2">
            <ErrorCard
              error={failure}
              onRetry={unsent ? undefined : thread.reload}
              onDismiss={thread.dismiss}
              announce
            />
          </div>
        )}
        <Composer
          text={text}
          onChange={setText}
          inputRef={inputRef}
          isAnswering={isAnswering}
          blockedBecause={hasAnswerer ? null : t('composer.noModel')}
          onSend={() => {
            thread.send({ text, files: [] }, settings);
            setText('');
          }}
          onStop={() => {
            thread.stop();
            inputRef.current?.focus();
          }}
        />
        <p id="composer-hint" className="mt-2 text-center text-tiny text-ink-faint">
          {!hasAnswerer && `${t('composer.noModelHint')} `}
          <span className="touch:hidden">
            {t(isAnswering ? 'composer.stopHint' : 'composer.sendHint')}
          </span>
        </p>
      </Conversation>
    </>
  );
}

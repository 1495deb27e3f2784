import { useChatStream, type ChatSession } from '@openrouter-native/react';
import { useEffect, useRef, useState } from 'react';
import { preloadMarkdown } from '../Markdown/MarkdownText.tsx';
import { AnswerAnnouncer } from './AnswerAnnouncer.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { EmptyChat } from './EmptyChat.tsx';

/** The conversation and the field to go on with it. */
export function Chat({
  session,
  model,
  userName,
}: {
  session: ChatSession;
  model: string | null;
  userName: string;
}) {
  const chat = useChatStream({ model, session });
  const { messages, status, send, stop } = chat;
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLTextAreaElement>(null);
  const isAnswering = status !== 'ready';

  useEffect(preloadMarkdown, []);

  useEffect(() => {
    if (!isAnswering) return;
    function onKeyDown(event: KeyboardEvent) {
      // A dialog or menu that is open handles Escape itself, and prevents the default.
      if (event.key === 'Escape' && !event.defaultPrevented) stop();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isAnswering, stop]);

  function start(prompt: string) {
    setText(prompt);
    inputRef.current?.focus();
  }

  return (
    <>
      <AnswerAnnouncer messages={messages} status={status} />
      <Conversation chat={chat} empty={<EmptyChat name={userName} onStart={start} />}>
        <Composer
          text={text}
          onChange={setText}
          inputRef={inputRef}
          isAnswering={isAnswering}
          blockedBecause={model === null ? 'Choose a model first' : null}
          onSend={() => {
            send(text);
            setText('');
          }}
          onStop={() => {
            stop();
            inputRef.current?.focus();
          }}
        />
        <p id="composer-hint" className="mt-2 text-center text-tiny text-ink-faint">
          {model === null && 'Choose a model at the top to begin. '}
          <span className="touch:hidden">
            {isAnswering ? 'Escape stops.' : 'Enter sends, Shift + Enter starts a new line.'}
          </span>
        </p>
      </Conversation>
    </>
  );
}

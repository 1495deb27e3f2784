import type { ChatStream } from '@openrouter-native/react';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, type ReactNode } from 'react';
import { useModelIndex } from '../../models/useModelIndex.ts';
import { Button } from '../ui/Button.tsx';
import { AnswerTurn } from './AnswerTurn.tsx';
import { UserTurn } from './UserTurn.tsx';
import { useStickToBottom } from './useStickToBottom.ts';

const CONTINUE = 'Continue exactly where you stopped.';

/** All that was said, with the newest in view. `empty` stands in before anything was. */
export function Conversation({
  chat,
  empty,
  children,
}: {
  chat: ChatStream;
  empty: ReactNode;
  children: ReactNode;
}) {
  const { messages, status, send, retry } = chat;
  const index = useModelIndex();
  const { scrollRef, contentRef, isAtEnd, jumpToEnd } = useStickToBottom();
  const onContinue = useCallback(() => send(CONTINUE), [send]);
  const isReady = status === 'ready';
  const lastId = messages.at(-1)?.id;

  useEffect(jumpToEnd, [jumpToEnd, messages.length]); // A question of one's own is always looked at.

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scrollRef}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain -outline-offset-2"
      >
        <div ref={contentRef} className="flex flex-1 flex-col">
          {messages.length === 0 ? (
            empty
          ) : (
            <div className="mx-auto w-full max-w-176 space-y-8 px-4 pt-8 pb-10">
              {messages.map((message) =>
                message.role === 'user' ? (
                  <UserTurn key={message.id} message={message} />
                ) : (
                  <AnswerTurn
                    key={message.id}
                    message={message}
                    index={index}
                    onRetry={isReady && message.id === lastId ? retry : undefined}
                    onContinue={isReady && message.id === lastId ? onContinue : undefined}
                  />
                ),
              )}
            </div>
          )}
        </div>
      </div>
      <div className="relative mx-auto w-full max-w-184 shrink-0 px-2 pb-3 sm:px-4 sm:pb-4">
        {!isAtEnd && (
          <div className="absolute inset-x-0 bottom-full flex justify-center pb-3">
            <Button onClick={jumpToEnd} className="rounded-full shadow-card">
              <ArrowDown size={15} aria-hidden="true" />
              Jump to newest
            </Button>
          </div>
        )}
        {children}
      </div>
    </div>
  );
}

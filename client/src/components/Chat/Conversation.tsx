import type { AnswerSettings, Thread, ThreadSnapshot } from '@openrouter-native/react';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useModelIndex } from '../../models/useModelIndex.ts';
import { Button } from '../ui/Button.tsx';
import { AnswerTurn } from './AnswerTurn.tsx';
import { UserTurn } from './UserTurn.tsx';
import { useStickToBottom } from './useStickToBottom.ts';

/** All that was said on one branch, with the newest in view. `empty` stands in before anything was. */
export function Conversation({
  thread,
  snapshot: { branch, status },
  settings,
  empty,
  children,
}: {
  thread: Thread;
  snapshot: ThreadSnapshot;
  settings: AnswerSettings;
  empty: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const index = useModelIndex();
  const { scrollRef, contentRef, isAtEnd, jumpToEnd } = useStickToBottom();
  const isReady = status === 'ready';
  const regenerate = useCallback(
    (messageId: string) => thread.regenerate(messageId, settings),
    [thread, settings],
  );
  const continueAnswer = useCallback(
    (messageId: string) => thread.continueAnswer(messageId, settings),
    [thread, settings],
  );
  const edit = useCallback(
    (messageId: string, text: string) => thread.edit(messageId, { text, files: [] }, settings),
    [thread, settings],
  );

  useEffect(jumpToEnd, [jumpToEnd, branch.length]); // A question of one's own is always looked at.

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scrollRef}
        tabIndex={0}
        role="region"
        aria-label={t('chat.conversation')}
        aria-busy={status === 'loading'}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain -outline-offset-2"
      >
        <div ref={contentRef} className="flex flex-1 flex-col">
          {branch.length === 0 && isReady && empty}
          {branch.length > 0 && (
            <div className="mx-auto w-full max-w-176 space-y-8 px-4 pt-8 pb-10">
              {branch.map((entry, position) =>
                entry.message.isCreatedByUser ? (
                  <UserTurn
                    key={entry.message.messageId}
                    entry={entry}
                    onChoose={thread.choose}
                    onEdit={isReady ? edit : undefined}
                  />
                ) : (
                  <AnswerTurn
                    key={entry.message.messageId}
                    entry={entry}
                    index={index}
                    onChoose={thread.choose}
                    onRetry={isReady ? regenerate : undefined}
                    onContinue={
                      isReady && position === branch.length - 1 ? continueAnswer : undefined
                    }
                  />
                ),
              )}
              {status === 'reconnecting' && (
                <p className="text-small text-ink-faint">{t('chat.reconnecting')}</p>
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
              {t('chat.jumpToNewest')}
            </Button>
          </div>
        )}
        {children}
      </div>
    </div>
  );
}

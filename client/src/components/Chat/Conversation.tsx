import type { AnswerSettings, Draft, Thread, ThreadSnapshot } from '@openrouter-native/react';
import { ArrowDown } from 'lucide-react';
import { Suspense, useCallback, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useModelIndex } from '../../models/useModelIndex.ts';
import { Button } from '../ui/Button.tsx';
import { markUsable } from '../ui/when-idle.ts';
import { AnswerTurn, preloadTurns, UserTurn } from './lazy-turns.ts';
import { useBranchChoice } from './useBranchChoice.ts';
import { useStickToBottom } from './useStickToBottom.ts';

/** All that was said on one branch, with the newest in view. `empty` stands in before anything was. */
export function Conversation({
  thread,
  snapshot: { branch, status },
  settings,
  inputRef,
  onChooseModel,
  empty,
  children,
}: {
  thread: Thread;
  snapshot: ThreadSnapshot;
  settings: AnswerSettings;
  /** Where the focus goes when what had it is replaced by an answer. */
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onChooseModel: (() => void) | undefined;
  empty: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const index = useModelIndex();
  const { scrollRef, contentRef, isAtEnd, jumpToEnd, stay } = useStickToBottom();
  const turnsRef = useRef<HTMLDivElement>(null);
  const { choose, announcement } = useBranchChoice({
    branch,
    choose: thread.choose,
    stay,
    scrollRef,
    turnsRef,
  });
  const isReady = status === 'ready';
  const isEmpty = branch.length === 0;

  const rest = useCallback(() => {
    // A keyboard on the screen would cover the answer.
    const field = matchMedia('(pointer: coarse)').matches ? scrollRef.current : inputRef.current;
    field?.focus({ preventScroll: true });
  }, [inputRef, scrollRef]);
  const regenerate = useCallback(
    (messageId: string) => {
      thread.regenerate(messageId, settings);
      rest();
    },
    [thread, settings, rest],
  );
  const continueAnswer = useCallback(
    (messageId: string, change: Partial<AnswerSettings> = {}) => {
      thread.continueAnswer(messageId, { ...settings, ...change });
      rest();
    },
    [thread, settings, rest],
  );
  const edit = useCallback(
    (messageId: string, draft: Draft) => {
      thread.edit(messageId, draft, settings);
      rest();
    },
    [thread, settings, rest],
  );

  useEffect(() => {
    markUsable();
    return preloadTurns();
  }, []);

  // What one has asked oneself, and a conversation that is opened, is looked at from its end.
  useEffect(() => {
    if (status === 'starting' || !isEmpty) jumpToEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- An answer that ends is no reason to jump.
  }, [jumpToEnd, isEmpty, status === 'starting']);

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
          {isEmpty && isReady && empty}
          {!isEmpty && (
            <div ref={turnsRef} className="mx-auto w-full max-w-176 space-y-8 px-4 pt-8 pb-10">
              <Suspense>
                {branch.map((entry, position) =>
                  entry.message.isCreatedByUser ? (
                    <UserTurn
                      key={entry.message.messageId}
                      entry={entry}
                      onChoose={choose}
                      onEdit={isReady ? edit : undefined}
                    />
                  ) : (
                    <AnswerTurn
                      key={entry.message.messageId}
                      entry={entry}
                      index={index}
                      isLast={position === branch.length - 1}
                      onChoose={choose}
                      onRetry={isReady ? regenerate : undefined}
                      onContinue={
                        isReady && position === branch.length - 1 ? continueAnswer : undefined
                      }
                      onChooseModel={onChooseModel}
                    />
                  ),
                )}
              </Suspense>
              {status === 'reconnecting' && (
                <p className="text-small text-ink-faint">{t('chat.reconnecting')}</p>
              )}
            </div>
          )}
        </div>
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
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

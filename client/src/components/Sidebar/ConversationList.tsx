import type { Conversation, ErrorBody } from '@openrouter-native/protocol';
import { toApiError, useConversationActions, useConversations } from '@openrouter-native/react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { groupByDate, type Period } from './group-by-date.ts';
import { useSeenAtEnd } from './useSeenAtEnd.ts';
import { useToday } from './useToday.ts';

/**
 * The conversations that fit a search, by date.
 *
 * @param onOpen - One of them is about to be shown.
 * @param onGone - One of them was deleted.
 */
export function ConversationList({
  search,
  isArchived,
  onOpen,
  onGone,
}: {
  search: string;
  isArchived: boolean;
  onOpen: () => void;
  onGone: (conversationId: string) => void;
}) {
  const { t } = useTranslation();
  const periodName = usePeriodName();
  const pages = useConversations({ search, isArchived });
  const { conversations, error, isFetching, hasMore, loadMore } = pages;
  const { rename, setArchived, remove } = useConversationActions();
  const [deleting, setDeleting] = useState<Conversation | null>(null);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);
  const today = useToday();
  const groups = useMemo(() => groupByDate(conversations ?? [], today), [conversations, today]);
  const endRef = useSeenAtEnd(hasMore && !isFetching, loadMore);

  const attempt = useCallback(async (action: Promise<void>) => {
    setFailure(null);
    try {
      await action;
    } catch (cause) {
      setFailure(toApiError(cause).details);
    }
  }, []);
  const onRename = useCallback(
    ({ conversationId }: Conversation, title: string) => attempt(rename(conversationId, title)),
    [attempt, rename],
  );
  const onArchive = useCallback(
    ({ conversationId, isArchived: was }: Conversation) =>
      void attempt(setArchived(conversationId, !was)),
    [attempt, setArchived],
  );

  if (error && !conversations) return <ErrorCard error={error.details} onRetry={pages.reload} />;
  return (
    <>
      {failure && <ErrorCard error={failure} announce />}
      {conversations?.length === 0 && (
        <p className="px-3 py-2 text-small text-ink-faint">{t(emptyText(search, isArchived))}</p>
      )}
      {groups.map(({ period, conversations: rows }) => {
        const name = periodName(period);
        return (
          <section key={name} aria-label={name} className="pb-3">
            <h3 className="px-3 pt-2 pb-1 text-tiny font-medium text-ink-faint">{name}</h3>
            <ul>
              {rows.map((conversation) => (
                <ConversationRow
                  key={conversation.conversationId}
                  conversation={conversation}
                  onOpen={onOpen}
                  onRename={onRename}
                  onArchive={onArchive}
                  onDelete={setDeleting}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {hasMore && (
        <div ref={endRef} className="px-1 pb-3">
          <Button look="quiet" onClick={loadMore}>
            {isFetching ? t('common.loading') : t('sidebar.loadMore')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        isOpen={deleting !== null}
        title={t('sidebar.deleteTitle')}
        text={t('sidebar.deleteText', {
          title: deleting?.title.trim() || t('sidebar.untitled'),
        })}
        confirmLabel={t('common.delete')}
        onClose={() => setDeleting(null)}
        onConfirm={async () => {
          if (!deleting) return;
          await remove(deleting.conversationId);
          onGone(deleting.conversationId);
        }}
      />
    </>
  );
}

function emptyText(search: string, isArchived: boolean) {
  if (search !== '') return 'sidebar.notFound';
  return isArchived ? 'sidebar.emptyArchive' : 'sidebar.empty';
}

function usePeriodName(): (period: Period) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (period) =>
    period.kind === 'month' ? format.month(period.start) : t(`sidebar.${period.kind}`);
}

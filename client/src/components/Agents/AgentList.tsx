import type { Agent, ErrorBody } from '@openrouter-native/protocol';
import { toApiError, useAgentActions, type AgentPages } from '@openrouter-native/react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSeenAtEnd } from '../Sidebar/useSeenAtEnd.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { AgentRow } from './AgentRow.tsx';

/** The agents of a list that has some, and what can be done with each. */
export function AgentList({ pages }: { pages: AgentPages }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { agents, isFetching, hasMore, loadMore } = pages;
  const { duplicate, remove } = useAgentActions();
  const [deleting, setDeleting] = useState<Agent | null>(null);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);
  const endRef = useSeenAtEnd(hasMore && !isFetching, loadMore);

  const copy = useCallback(
    (agent: Agent) => {
      setFailure(null);
      duplicate(agent.id)
        .then(({ id }) => navigate(`/agents/${id}`))
        .catch((cause: unknown) => setFailure(toApiError(cause).details));
    },
    [duplicate, navigate],
  );

  return (
    <>
      {failure && <ErrorCard error={failure} onDismiss={() => setFailure(null)} announce />}
      <ul className="-mx-3 divide-y divide-line sm:divide-y-0">
        {agents?.map((agent) => (
          <AgentRow key={agent.id} agent={agent} onDuplicate={copy} onDelete={setDeleting} />
        ))}
      </ul>
      {hasMore && (
        <div ref={endRef} className="pt-2">
          <Button look="quiet" onClick={loadMore}>
            {isFetching ? t('common.loading') : t('agents.loadMore')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        isOpen={deleting !== null}
        title={t('agents.deleteTitle')}
        text={t('agents.deleteText', { name: deleting?.name ?? t('chat.agentUnnamed') })}
        confirmLabel={t('common.delete')}
        onClose={() => setDeleting(null)}
        onConfirm={async () => {
          if (deleting) await remove(deleting.id);
        }}
      />
    </>
  );
}

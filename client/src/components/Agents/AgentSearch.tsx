import { Combobox, ComboboxItem, ComboboxList, ComboboxProvider } from '@ariakit/react';
import type { Agent } from '@openrouter-native/protocol';
import { useAgents } from '@openrouter-native/react';
import { Check, Plus, Search, Settings2, TriangleAlert, X } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSeenAtEnd } from '../Sidebar/useSeenAtEnd.ts';
import { Button, buttonClass } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { AgentFacts } from './AgentFacts.tsx';
import { AgentMark } from './AgentMark.tsx';

/** Choosing closes the dialog, which is the caller’s part. */
export interface AgentSearchProps {
  chosenId: string | null;
  onChoose: (id: string) => void;
  onClose: () => void;
}

/** Search field and list as one: the focus stays in the field, the arrow keys move in the list. */
export function AgentSearch({ chosenId, onChoose, onClose }: AgentSearchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const { agents, error, isFetching, hasMore, loadMore, reload } = useAgents(search);
  const inputRef = useRef<HTMLInputElement>(null);
  const endRef = useSeenAtEnd(hasMore && !isFetching, loadMore);

  // The dialog focuses what it finds when it opens, which may be before this part has arrived.
  useEffect(() => inputRef.current?.focus(), []);

  return (
    <ComboboxProvider open value={text} setValue={setText} resetValueOnSelect={false}>
      <div className="flex shrink-0 items-center gap-3 border-b border-line px-4">
        <Search size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
        <Combobox
          ref={inputRef}
          autoSelect="always"
          aria-label={t('agents.search')}
          placeholder={t('agents.search')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose();
          }}
          className="h-14 min-w-0 flex-1 bg-transparent text-prose outline-none placeholder:text-ink-faint"
        />
        <IconButton
          label={t('common.close')}
          icon={<X size={18} />}
          onClick={onClose}
          className="-mr-2"
        />
      </div>
      <div aria-busy={isFetching} className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        {error && !agents && <ErrorCard error={error.details} onRetry={reload} announce />}
        {!agents && !error && (
          <p role="status" className="p-3 text-ink-soft">
            {t('common.loading')}
          </p>
        )}
        {agents?.length === 0 && (
          <p role="status" className="px-3 py-8 text-center text-ink-soft">
            {search === '' ? t('agents.whatTheyAre') : t('agents.notFound', { search })}
          </p>
        )}
        {agents && agents.length > 0 && (
          <ComboboxList alwaysVisible aria-label={t('agents.title')}>
            {agents.map((agent) => (
              <AgentOption
                key={agent.id}
                agent={agent}
                isChosen={agent.id === chosenId}
                onChoose={onChoose}
              />
            ))}
          </ComboboxList>
        )}
        {hasMore && (
          <div ref={endRef} className="p-2">
            <Button look="quiet" onClick={loadMore}>
              {isFetching ? t('common.loading') : t('agents.loadMore')}
            </Button>
          </div>
        )}
      </div>
      <div className="flex shrink-0 flex-wrap justify-end gap-1 border-t border-line p-2">
        <Link to="/agents" className={buttonClass('quiet')}>
          <Settings2 size={15} aria-hidden="true" />
          {t('agents.manage')}
        </Link>
        <Link to="/agents/new" className={buttonClass('quiet')}>
          <Plus size={15} aria-hidden="true" />
          {t('agents.create')}
        </Link>
      </div>
    </ComboboxProvider>
  );
}

function AgentOption({
  agent,
  isChosen,
  onChoose,
}: {
  agent: Agent;
  isChosen: boolean;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <ComboboxItem
      value={agent.id}
      setValueOnClick={false}
      hideOnClick={false}
      onClick={() => onChoose(agent.id)}
      className="flex min-h-14 cursor-pointer items-center gap-3 rounded-md px-3 py-2 data-active-item:bg-hover"
    >
      <AgentMark name={agent.name} size={32} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{agent.name ?? t('chat.agentUnnamed')}</span>
        <span className="block truncate text-small text-ink-faint">
          {agent.description ?? <AgentFacts agent={agent} />}
        </span>
        {agent.problem && (
          <span className="flex items-center gap-1.5 text-small text-warn">
            <TriangleAlert size={14} aria-hidden="true" className="shrink-0" />
            {t('agents.needsAttention')}
          </span>
        )}
      </span>
      {isChosen && (
        <>
          <Check size={17} aria-hidden="true" className="shrink-0 text-accent" />
          <span className="sr-only">{t('picker.chosen')}</span>
        </>
      )}
    </ComboboxItem>
  );
}

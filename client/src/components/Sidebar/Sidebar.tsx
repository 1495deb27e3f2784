import { Archive, Bot, MessagesSquare, PanelLeftClose, SquarePen } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { IconButton } from '../ui/IconButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { ConversationList } from './ConversationList.tsx';

const entry =
  'flex min-h-10 items-center gap-3 rounded-md px-3 text-body transition-colors hover:bg-hover aria-[current=page]:bg-hover aria-[current=page]:font-medium touch:min-h-11';

/**
 * Where all conversations are found again.
 *
 * @param onOpen - Something in it was chosen; on a narrow screen it gets out of the way.
 * @param onClose - It is to be hidden.
 * @param onGone - A conversation was deleted.
 */
export function Sidebar({
  onOpen,
  onClose,
  onGone,
}: {
  onOpen: () => void;
  onClose: () => void;
  onGone: (conversationId: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [isArchived, setIsArchived] = useState(false);
  const search = useDeferredValue(text.trim());

  return (
    <nav aria-label={t('sidebar.label')} className="flex h-full min-h-0 flex-col bg-canvas">
      <div className="space-y-0.5 p-2">
        <div className="flex items-center gap-1">
          <Link to="/" onClick={onOpen} className={`${entry} flex-1 font-medium`}>
            <SquarePen size={17} aria-hidden="true" className="text-ink-faint" />
            {t('sidebar.newChat')}
          </Link>
          <IconButton
            label={t('sidebar.close')}
            icon={<PanelLeftClose size={17} />}
            onClick={onClose}
          />
        </div>
        <NavLink to="/agents" onClick={onOpen} className={entry}>
          <Bot size={17} aria-hidden="true" className="text-ink-faint" />
          {t('sidebar.agents')}
        </NavLink>
        <SearchField label={t('sidebar.search')} look="quiet" text={text} onChange={setText} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2">
        <ConversationList
          key={String(isArchived)}
          search={search}
          isArchived={isArchived}
          onOpen={onOpen}
          onGone={onGone}
        />
      </div>
      <div className="border-t border-line p-2">
        <button
          type="button"
          onClick={() => setIsArchived(!isArchived)}
          className={`${entry} w-full text-ink-soft`}
        >
          {isArchived ? (
            <MessagesSquare size={17} aria-hidden="true" className="text-ink-faint" />
          ) : (
            <Archive size={17} aria-hidden="true" className="text-ink-faint" />
          )}
          {t(isArchived ? 'sidebar.active' : 'sidebar.archived')}
        </button>
      </div>
    </nav>
  );
}

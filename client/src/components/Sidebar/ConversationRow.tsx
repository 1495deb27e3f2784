import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react';
import type { Conversation } from '@openrouter-native/protocol';
import { Archive, ArchiveRestore, Bot, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { menuClass, menuItemClass } from '../ui/menu-style.ts';
import { RenameField } from './RenameField.tsx';

/** What can be done with one conversation. */
export interface ConversationRowProps {
  conversation: Conversation;
  /** Its page is about to be shown. */
  onOpen: () => void;
  onRename: (conversation: Conversation, title: string) => Promise<void>;
  onArchive: (conversation: Conversation) => void;
  onDelete: (conversation: Conversation) => void;
}

/** One conversation: its title leads to it, the menu beside it changes it. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, onOpen, onRename, onArchive, onDelete } = props;
  const { t } = useTranslation();
  const [isRenaming, setIsRenaming] = useState(false);
  const title = conversation.title.trim() || t('sidebar.untitled');

  if (isRenaming) {
    return (
      <li>
        <RenameField
          label={t('sidebar.renameLabel')}
          title={title}
          onSave={(next) => onRename(conversation, next)}
          onEnd={() => setIsRenaming(false)}
        />
      </li>
    );
  }
  return (
    <li className="group relative [content-visibility:auto] [contain-intrinsic-height:2.25rem]">
      <NavLink
        to={`/c/${conversation.conversationId}`}
        onClick={onOpen}
        title={title}
        className="flex min-h-9 items-center gap-2 rounded-md pr-9 pl-3 text-small text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink touch:min-h-11 touch:pr-12"
      >
        {conversation.endpoint === 'agents' && (
          <Bot size={14} aria-hidden="true" className="shrink-0 text-ink-faint" />
        )}
        <span className="truncate">{title}</span>
      </NavLink>
      <MenuProvider placement="bottom-start">
        <MenuButton
          aria-label={t('sidebar.actions', { title })}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-ink-faint opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 hover:text-ink aria-expanded:opacity-100 touch:w-11 touch:opacity-100"
        >
          <Ellipsis size={16} aria-hidden="true" />
        </MenuButton>
        <Menu gutter={4} portal unmountOnHide className={menuClass}>
          <MenuItem className={menuItemClass} onClick={() => setIsRenaming(true)}>
            <Pencil size={15} aria-hidden="true" className="text-ink-faint" />
            {t('sidebar.rename')}
          </MenuItem>
          <MenuItem className={menuItemClass} onClick={() => onArchive(conversation)}>
            {conversation.isArchived ? (
              <ArchiveRestore size={15} aria-hidden="true" className="text-ink-faint" />
            ) : (
              <Archive size={15} aria-hidden="true" className="text-ink-faint" />
            )}
            {t(conversation.isArchived ? 'sidebar.unarchive' : 'sidebar.archive')}
          </MenuItem>
          <MenuItem className={`${menuItemClass} text-bad`} onClick={() => onDelete(conversation)}>
            <Trash2 size={15} aria-hidden="true" />
            {t('common.delete')}
          </MenuItem>
        </Menu>
      </MenuProvider>
    </li>
  );
});

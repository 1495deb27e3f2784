import { Menu, MenuButton, MenuItem, MenuProvider, MenuSeparator } from '@ariakit/react';
import { Copy, Ellipsis, History, MessageSquare, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { menuClass, menuItemClass } from '../ui/menu-style.ts';

/** What can be done with the agent that is being written, beside saving it. */
export interface BuilderMenuProps {
  isDirty: boolean;
  onChat: () => void;
  onVersions: () => void;
  onDuplicate: () => void;
  onDiscard: () => void;
  onDelete: () => void;
}

/** Of an agent that was saved once. */
export function BuilderMenu(props: BuilderMenuProps) {
  const { isDirty, onChat, onVersions, onDuplicate, onDiscard, onDelete } = props;
  const { t } = useTranslation();
  const icon = { size: 15, 'aria-hidden': true, className: 'text-ink-faint' } as const;
  return (
    <MenuProvider placement="bottom-end">
      <MenuButton
        aria-label={t('agents.more')}
        className="grid size-9 place-items-center rounded-md text-ink-soft hover:bg-hover hover:text-ink aria-expanded:bg-hover touch:size-11"
      >
        <Ellipsis size={18} aria-hidden="true" />
      </MenuButton>
      <Menu gutter={6} portal unmountOnHide className={menuClass}>
        <MenuItem className={menuItemClass} onClick={onChat}>
          <MessageSquare {...icon} />
          {t('agents.startChat')}
        </MenuItem>
        <MenuItem className={menuItemClass} onClick={onVersions}>
          <History {...icon} />
          {t('agents.versions')}
        </MenuItem>
        <MenuItem className={menuItemClass} onClick={onDuplicate}>
          <Copy {...icon} />
          {t('agents.duplicate')}
        </MenuItem>
        {isDirty && (
          <MenuItem className={menuItemClass} onClick={onDiscard}>
            <RotateCcw {...icon} />
            {t('agents.discard')}
          </MenuItem>
        )}
        <MenuSeparator className="my-1.5 border-line" />
        <MenuItem className={`${menuItemClass} text-bad`} onClick={onDelete}>
          <Trash2 size={15} aria-hidden="true" />
          {t('common.delete')}
        </MenuItem>
      </Menu>
    </MenuProvider>
  );
}

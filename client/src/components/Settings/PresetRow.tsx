import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react';
import type { Preset } from '@openrouter-native/protocol';
import { Check, Ellipsis, MessageSquarePlus, Pencil, Save, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RenameField } from '../Sidebar/RenameField.tsx';
import { menuClass, menuItemClass } from '../ui/menu-style.ts';

/** What can be done with one preset. */
export interface PresetRowProps {
  preset: Preset;
  /** The next answer would be given with just these settings. */
  isInForce: boolean;
  /** New conversations begin with it. */
  isDefault: boolean;
  onApply: () => void;
  /** Overwrites it with the settings of now. */
  onUpdate: () => void;
  onRename: (title: string) => Promise<void>;
  onDefault: (isDefault: boolean) => void;
  onDelete: () => void;
}

/** One preset: its name puts it in force, the menu beside it changes it. */
export function PresetRow(props: PresetRowProps) {
  const { preset, isInForce, isDefault, onApply, onUpdate, onRename, onDefault, onDelete } = props;
  const { t } = useTranslation();
  const [isRenaming, setIsRenaming] = useState(false);
  const menuRef = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);

  useEffect(() => {
    if (wasRenaming.current && !isRenaming) menuRef.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);

  const { title: name } = preset;
  if (isRenaming) {
    return (
      <li>
        <RenameField
          label={t('settings.presetNewName')}
          title={name}
          onSave={onRename}
          onEnd={() => setIsRenaming(false)}
        />
      </li>
    );
  }
  return (
    <li className="flex items-center">
      <button
        type="button"
        title={t('settings.presetApply', { name })}
        aria-pressed={isInForce}
        onClick={onApply}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-small hover:bg-hover touch:min-h-11"
      >
        <Check
          size={15}
          aria-hidden="true"
          className={`shrink-0 text-accent-ink ${isInForce ? '' : 'invisible'}`}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          {(isDefault || preset.model !== null) && (
            <span className="block truncate text-tiny text-ink-faint">
              {[isDefault && t('settings.presetDefault'), preset.model].filter(Boolean).join(' · ')}
            </span>
          )}
        </span>
      </button>
      <MenuProvider placement="bottom-end">
        <MenuButton
          ref={menuRef}
          aria-label={t('settings.presetActions', { name })}
          className="grid size-9 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink touch:size-11"
        >
          <Ellipsis size={16} aria-hidden="true" />
        </MenuButton>
        <Menu gutter={4} portal unmountOnHide className={menuClass}>
          <MenuItem className={menuItemClass} onClick={onUpdate}>
            <Save size={15} aria-hidden="true" className="text-ink-faint" />
            {t('settings.presetUpdate')}
          </MenuItem>
          <MenuItem className={menuItemClass} onClick={() => setIsRenaming(true)}>
            <Pencil size={15} aria-hidden="true" className="text-ink-faint" />
            {t('settings.presetRename')}
          </MenuItem>
          <MenuItem className={menuItemClass} onClick={() => onDefault(!isDefault)}>
            <MessageSquarePlus size={15} aria-hidden="true" className="text-ink-faint" />
            {t(isDefault ? 'settings.presetUnmakeDefault' : 'settings.presetMakeDefault')}
          </MenuItem>
          <MenuItem className={`${menuItemClass} text-bad`} onClick={onDelete}>
            <Trash2 size={15} aria-hidden="true" />
            {t('common.delete')}
          </MenuItem>
        </Menu>
      </MenuProvider>
    </li>
  );
}

import type { AnswerSettings } from '@openrouter-native/react';
import { SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { countAll } from '../../settings/summary.ts';
import { SETTINGS_BUTTON_ID } from './settings-button-id.ts';
import { preloadSettings } from './SettingsFrame.tsx';

/** Opens and closes the settings; a mark and words tell when something differs from the defaults. */
export function SettingsButton({
  settings,
  isOpen,
  onToggle,
}: {
  settings: AnswerSettings;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const count = countAll(settings);
  return (
    <button
      type="button"
      id={SETTINGS_BUTTON_ID}
      aria-expanded={isOpen}
      aria-label={
        count === 0
          ? t('common.settings')
          : `${t('common.settings')}, ${t('common.changed', { count })}`
      }
      title={count === 0 ? undefined : t('common.changed', { count })}
      onClick={onToggle}
      onPointerEnter={preloadSettings}
      onFocus={preloadSettings}
      className="inline-flex min-h-9 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-small text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink touch:min-h-11 touch:min-w-11 touch:justify-center"
    >
      <span className="relative">
        <SlidersHorizontal size={17} aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 size-2 rounded-full bg-accent ring-2 ring-canvas"
          />
        )}
      </span>
      <span className="hidden lg:inline">{t('common.settings')}</span>
    </button>
  );
}

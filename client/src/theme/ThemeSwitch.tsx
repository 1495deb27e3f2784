import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { useId, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../services-context.ts';
import { themes, type Theme } from './theme.ts';

const faces = {
  system: { label: 'common.themeSystem', Icon: Monitor },
  light: { label: 'common.themeLight', Icon: Sun },
  dark: { label: 'common.themeDark', Icon: Moon },
} as const satisfies Record<Theme, { label: string; Icon: LucideIcon }>;

/** Light, dark, or what the system says. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { theme: store } = useServices();
  const current = useSyncExternalStore(store.subscribe, store.get);
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md bg-sunken p-0.5">
      <legend className="sr-only">{t('common.theme')}</legend>
      {themes.map((theme) => {
        const { label, Icon } = faces[theme];
        return (
          <label
            key={theme}
            className="flex min-h-8 cursor-pointer items-center gap-1.5 rounded-[0.5rem] px-2.5 text-small text-ink-soft transition-colors hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent touch:min-h-11"
          >
            <input
              type="radio"
              name={name}
              value={theme}
              checked={theme === current}
              onChange={() => store.set(theme)}
              className="sr-only"
            />
            <Icon size={15} aria-hidden="true" />
            {t(label)}
          </label>
        );
      })}
    </fieldset>
  );
}

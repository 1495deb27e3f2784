import { useId, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../services-context.ts';
import { languageNames, languages } from './languages.ts';

/** The language of the page, each under its own name, so that readers of it find it. */
export function LanguageSelect() {
  const { t } = useTranslation();
  const { language: store } = useServices();
  const current = useSyncExternalStore(store.subscribe, store.get);
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-small text-ink-soft">
        {t('common.language')}
      </label>
      <select
        id={id}
        value={current}
        onChange={(event) => {
          const chosen = languages.find((language) => language === event.target.value);
          if (chosen) store.set(chosen);
        }}
        className="min-h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 text-small touch:min-h-11"
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </div>
  );
}

import { useTranslation } from 'react-i18next';

/** As long as the server takes it. */
const MAX_CHARACTERS = 1_000_000;

/** What the model is told first. */
export function SystemField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <label className="block space-y-1.5">
      <span className="block text-tiny text-ink-faint">{t('settings.systemHint')}</span>
      <textarea
        aria-label={t('settings.system')}
        rows={5}
        maxLength={MAX_CHARACTERS}
        placeholder={t('settings.systemPlaceholder')}
        value={value}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        className="block field-sizing-content max-h-96 min-h-28 w-full resize-y rounded-md border border-line-strong bg-surface px-3 py-2 text-body placeholder:text-ink-faint"
      />
    </label>
  );
}

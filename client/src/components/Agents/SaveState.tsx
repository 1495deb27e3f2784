import { Check, CircleDot, LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Whether what is written is kept. Says so to screen readers as it changes. */
export function SaveState({
  isSaving,
  isDirty,
  version,
}: {
  isSaving: boolean;
  isDirty: boolean;
  /** `null` = it was never saved. */
  version: number | null;
}) {
  const { t } = useTranslation();
  return (
    <p role="status" className="flex items-center gap-1.5 text-small text-ink-faint">
      {isSaving && (
        <>
          <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
          {t('agents.saving')}
        </>
      )}
      {!isSaving && isDirty && (
        <>
          <CircleDot size={14} aria-hidden="true" className="text-accent" />
          <span className="text-ink-soft">{t('agents.unsaved')}</span>
        </>
      )}
      {!isSaving && !isDirty && version !== null && (
        <>
          <Check size={14} aria-hidden="true" className="text-good" />
          {t('agents.saved', { number: version })}
        </>
      )}
    </p>
  );
}

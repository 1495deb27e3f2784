import { useTranslation } from 'react-i18next';

/** Leaves the choice to OpenRouter, question by question. */
export function AutoRouterSwitch({
  isOn,
  onToggle,
}: {
  isOn: boolean;
  onToggle: (isOn: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      title={t('picker.autoHint')}
      onClick={() => onToggle(!isOn)}
      className="group inline-flex min-h-8 shrink-0 items-center gap-2 rounded-full px-2 text-small text-ink-soft hover:text-ink touch:min-h-11"
    >
      <span
        aria-hidden="true"
        className="relative h-4.5 w-8 rounded-full bg-line-strong transition-colors group-aria-checked:bg-accent"
      >
        <span className="absolute top-0.5 left-0.5 size-3.5 rounded-full bg-surface transition-transform group-aria-checked:translate-x-3.5" />
      </span>
      {t('picker.auto')}
    </button>
  );
}

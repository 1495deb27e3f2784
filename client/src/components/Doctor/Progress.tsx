import { useTranslation } from 'react-i18next';
import type { DoctorState } from '../../doctor/state.ts';

/** How far an examination is, for the eye and for a screen reader. */
export function Progress({ planned, checks }: Pick<DoctorState, 'planned' | 'checks'>) {
  const { t } = useTranslation();
  const done = new Set(checks.map(({ id }) => id));
  const next = planned.find(({ id }) => !done.has(id));
  return (
    <div className="rounded-xl border border-line bg-surface p-5">
      <p className="mb-3 flex flex-wrap justify-between gap-x-4">
        <span>{next ? t('doctor.checking', { title: next.title }) : t('doctor.asking')}</span>
        {planned.length > 0 && (
          <span className="text-ink-soft tabular-nums">
            {t('doctor.progressOf', { done: checks.length, total: planned.length })}
          </span>
        )}
      </p>
      <progress
        aria-label={t('doctor.progress')}
        max={Math.max(planned.length, 1)}
        value={checks.length}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import type { VersionStep } from '../../agents/versions.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { changeText } from './change-text.ts';

/** The versions, newest first, with what each of them changed. */
export function VersionList({
  steps,
  shown,
  onShow,
}: {
  steps: readonly VersionStep[];
  /** Number of the one that is shown beside. */
  shown: number | null;
  onShow: (version: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="w-full shrink-0 space-y-0.5 overflow-y-auto overscroll-contain p-2 sm:w-72 sm:border-r sm:border-line">
      {steps.map((step) => {
        const { version, isCurrent } = step;
        const number = version.version;
        return (
          <li key={number} className="[content-visibility:auto] [contain-intrinsic-height:4.5rem]">
            <button
              type="button"
              aria-current={shown === number}
              onClick={() => onShow(number)}
              className="w-full rounded-md px-3 py-2.5 text-left text-small transition-colors hover:bg-hover aria-[current=true]:bg-accent-soft"
            >
              <span className="flex items-baseline justify-between gap-2">
                <span className="font-medium">{t('agents.version', { number })}</span>{' '}
                {isCurrent && (
                  <span className="rounded-full bg-good-soft px-2 py-0.5 text-tiny font-medium text-good">
                    {t('agents.versionCurrent')}
                  </span>
                )}
              </span>{' '}
              <span className="block text-ink-faint">{format.date(version.createdAt)}</span>{' '}
              <span className="mt-0.5 line-clamp-2 text-ink-soft">
                {changeText(step, t, format)}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from './sources.ts';

/** More than these are shown when somebody asks for them. */
const SHOWN = 5;

/** Where an answer has it from, numbered. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const { t } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  if (sources.length === 0) return null;
  const shown = isWhole ? sources : sources.slice(0, SHOWN);
  return (
    <section aria-label={t('chat.sources')} className="text-small">
      <h3 className="pb-1 text-tiny font-medium text-ink-faint">{t('chat.sources')}</h3>
      <ol className="space-y-0.5">
        {shown.map(({ url, title, host }, position) => (
          <li key={url}>
            <a
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              className="group flex min-h-7 min-w-0 items-baseline gap-2 touch:min-h-11 touch:items-center"
            >
              <span className="w-5 shrink-0 text-right text-ink-faint tabular-nums">
                {position + 1}
              </span>
              <span className="min-w-0 truncate text-ink group-hover:underline">{title}</span>
              <span className="shrink-0 text-ink-faint">{title === host ? '' : host}</span>
            </a>
          </li>
        ))}
      </ol>
      {shown.length < sources.length && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          className="mt-1 min-h-8 rounded-md pl-7 text-accent-ink hover:underline touch:min-h-11"
        >
          {t('chat.allSources', { count: sources.length })}
        </button>
      )}
    </section>
  );
}

import type { Endpoint } from '@openrouter-native/protocol';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { quantizations } from '../../settings/provider-preferences.ts';

/** How exactly a provider may compute; offered are the ways that there are, and those chosen before. */
export function PrecisionField({
  endpoints,
  chosen,
  onChange,
}: {
  endpoints: readonly Endpoint[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const found = new Set([
    ...endpoints.map(({ quantization }) => quantization ?? 'unknown'),
    ...chosen,
  ]);
  const offered = [
    ...quantizations.filter((each) => found.has(each)),
    ...[...found].filter((each) => !quantizations.some((known) => known === each)),
  ];
  if (offered.length < 2 && chosen.length === 0) return null;
  return (
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-hint`} className="space-y-1.5">
      <p id={id} className="text-small font-medium">
        {t('settings.precision')}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {offered.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={chosen.includes(each)}
            onClick={() =>
              onChange(
                chosen.includes(each)
                  ? chosen.filter((other) => other !== each)
                  : [...chosen, each],
              )
            }
            className="inline-flex min-h-8 items-center rounded-full border border-line px-3 text-small text-ink-soft transition-colors hover:border-line-strong hover:text-ink aria-pressed:border-transparent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink touch:min-h-11"
          >
            {each === 'unknown' ? t('settings.precision_unknown') : each}
          </button>
        ))}
      </div>
      <p id={`${id}-hint`} className="text-tiny text-ink-faint">
        {t('settings.precisionHint')}
      </p>
    </div>
  );
}

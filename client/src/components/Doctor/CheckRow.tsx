import type { DoctorCheck } from '@openrouter-native/protocol';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { LinkedText } from '../ui/LinkedText.tsx';
import { looks } from './looks.ts';

/** One check; what is wrong lies open, what is well can be opened. The server words it, in English. */
export function CheckRow({ check }: { check: DoctorCheck }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, status, evidence, ms, action } = check;
  const { Icon, text, word } = looks[status];
  const isTrouble = status === 'failed' || status === 'warning';
  return (
    <li className="animate-enter">
      <details open={isTrouble} className="group">
        <summary className="flex min-h-11 list-none items-center gap-3 py-2 [&::-webkit-details-marker]:hidden">
          <Icon size={18} aria-hidden="true" className={`shrink-0 ${text}`} />
          <span className="min-w-0 flex-1 wrap-anywhere">
            <span className="sr-only">{t(word)}: </span>
            <span lang="en">{title}</span>
          </span>
          <span className="shrink-0 text-small text-ink-faint tabular-nums">
            {format.milliseconds(ms)}
          </span>
          <ChevronRight
            size={16}
            aria-hidden="true"
            className="shrink-0 text-ink-faint transition-transform group-open:rotate-90"
          />
        </summary>
        <div className="pb-3 pl-7.5 text-small text-ink-soft">
          <ul lang="en" className="space-y-0.5">
            {evidence.map((line, at) => (
              // Two lines may be the same, and their order never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at} className="wrap-anywhere">
                {line}
              </li>
            ))}
          </ul>
          {action !== null && (
            <p className="mt-2 text-ink wrap-anywhere">
              <span className="font-medium">{t('doctor.toDo')}</span>
              <span lang="en">
                <LinkedText>{action}</LinkedText>
              </span>
            </p>
          )}
        </div>
      </details>
    </li>
  );
}

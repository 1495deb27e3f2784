import type { DoctorReport } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { LinkedText } from '../ui/LinkedText.tsx';
import { looks } from './looks.ts';

/** The verdict, and the causes behind it in their order. */
export function Conclusion({ report, markdown }: { report: DoctorReport; markdown: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, conclusion, checks, ms } = report;
  const { Icon, box } = looks[status];
  return (
    <section
      aria-labelledby="conclusion"
      className="animate-enter overflow-hidden rounded-xl border border-line"
    >
      <div className={`flex gap-3 p-5 ${box}`}>
        <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0" />
        <h2 id="conclusion" lang="en" className="min-w-0 flex-1 text-title font-semibold text-ink">
          {conclusion.sentence}
        </h2>
        <CopyButton label={t('doctor.copy')} getText={() => markdown} className="-my-1" />
      </div>
      {conclusion.causes.length > 0 && (
        <ol className="divide-y divide-line border-t border-line bg-surface px-5">
          {conclusion.causes.map(({ cause, status: grade, sentence, action }, at) => (
            <li key={cause} className="flex gap-3 py-3">
              <span className={`w-4 shrink-0 font-semibold tabular-nums ${looks[grade].text}`}>
                {at + 1}.
              </span>
              <span className="min-w-0 wrap-anywhere">
                <span className="sr-only">{t(looks[grade].word)}: </span>
                <span lang="en">{sentence}</span>
                <span lang="en" className="mt-0.5 block text-small text-ink-soft">
                  <LinkedText>{action}</LinkedText>
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="border-t border-line bg-surface px-5 py-3 text-small text-ink-soft">
        {t('doctor.summary', { count: checks.length, duration: format.duration(ms) })}{' '}
        <Cost usd={report.cost_usd} />
      </p>
    </section>
  );
}

function Cost({ usd }: { usd: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (usd === null) return t('doctor.costUnknown');
  return usd === 0 ? t('doctor.costNothing') : t('doctor.cost', { cost: format.charge(usd) });
}

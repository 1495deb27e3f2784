import type { DoctorReport } from '@openrouter-native/protocol';
import { formatCharge } from '../../format/money.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { LinkedText } from '../ui/LinkedText.tsx';
import { looks } from './looks.ts';

/** The verdict, and the causes behind it in their order. */
export function Conclusion({ report, markdown }: { report: DoctorReport; markdown: string }) {
  const { status, conclusion, checks, ms } = report;
  const { Icon, box } = looks[status];
  return (
    <section
      aria-labelledby="conclusion"
      className="animate-enter overflow-hidden rounded-xl border border-line"
    >
      <div className={`flex gap-3 p-5 ${box}`}>
        <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0" />
        <h2 id="conclusion" className="min-w-0 flex-1 text-title font-semibold text-ink">
          {conclusion.sentence}
        </h2>
        <CopyButton label="Copy as Markdown" getText={() => markdown} className="-my-1" />
      </div>
      {conclusion.causes.length > 0 && (
        <ol className="divide-y divide-line border-t border-line bg-surface px-5">
          {conclusion.causes.map(({ cause, status: grade, sentence, action }, at) => (
            <li key={cause} className="flex gap-3 py-3">
              <span className={`w-4 shrink-0 font-semibold tabular-nums ${looks[grade].text}`}>
                {at + 1}.
              </span>
              <span className="min-w-0 wrap-anywhere">
                <span className="sr-only">{looks[grade].word}: </span>
                {sentence}
                <span className="mt-0.5 block text-small text-ink-soft">
                  <LinkedText>{action}</LinkedText>
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="border-t border-line bg-surface px-5 py-3 text-small text-ink-soft">
        {checks.length} checks in {(ms / 1000).toFixed(1)} s. {describeCost(report.cost_usd)}
      </p>
    </section>
  );
}

function describeCost(cost: number | null): string {
  if (cost === null) return 'What the answers cost is unknown.';
  return cost === 0 ? 'It cost nothing.' : `The answers cost ${formatCharge(cost)}.`;
}

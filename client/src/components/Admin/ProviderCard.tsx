import type { ProviderStatus } from '@openrouter-native/protocol';
import { CircleCheck, CircleX, FlaskConical, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { LinkedText } from '../ui/LinkedText.tsx';

interface Verdict {
  look: string;
  Icon: LucideIcon;
  title: string;
  text: string;
  /** The text is the server's own, in English. */
  isOfServer?: boolean;
}

/** Whether OpenRouter can be used, and what to see to. */
export function ProviderCard({ status }: { status: ProviderStatus }) {
  const { t } = useTranslation();
  const { warnings } = status;
  const { look, Icon, title, text, isOfServer } = verdictOn(status, t);
  return (
    <section aria-labelledby="openrouter" className="overflow-hidden rounded-xl border border-line">
      <div className={`flex gap-3 p-5 ${look}`}>
        <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0" />
        <div className="min-w-0">
          <h2 id="openrouter" className="text-title font-semibold">
            {title}
          </h2>
          <p className="mt-1 text-ink wrap-anywhere" lang={isOfServer ? 'en' : undefined}>
            <LinkedText>{text}</LinkedText>
          </p>
        </div>
      </div>
      {warnings.length > 0 && (
        <ul lang="en" className="border-t border-line bg-warn-soft px-5 py-3 text-small">
          {warnings.map((warning) => (
            <li key={warning} className="flex gap-2 py-0.5">
              <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
              <span className="min-w-0 wrap-anywhere">{warning}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function verdictOn({ configured, mode, problem, health }: ProviderStatus, t: TFunction): Verdict {
  if (problem || !configured) {
    return {
      look: 'bg-bad-soft text-bad',
      Icon: CircleX,
      title: t('admin.notOffered'),
      text: problem ? `${problem.message} ${problem.action}` : t('admin.notSetUp'),
      isOfServer: problem !== null,
    };
  }
  if (mode === 'simulator') {
    return {
      look: 'bg-warn-soft text-warn',
      Icon: FlaskConical,
      title: t('admin.simulated'),
      text: t('admin.simulatedText'),
    };
  }
  if (health && health.status !== 'healthy') {
    return {
      look: 'bg-warn-soft text-warn',
      Icon: TriangleAlert,
      title: t(health.status === 'degraded' ? 'admin.troubled' : 'admin.down'),
      text: t('admin.troubledText'),
    };
  }
  return {
    look: 'bg-good-soft text-good',
    Icon: CircleCheck,
    title: t('admin.ready'),
    text: t('admin.readyText'),
  };
}

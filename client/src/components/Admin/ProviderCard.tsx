import type { Health, ProviderMode, ProviderStatus } from '@openrouter-native/protocol';
import { CircleCheck, CircleX, FlaskConical, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatAge, formatDate } from '../../format/age.ts';
import { formatCount } from '../../format/counts.ts';
import { LinkedText } from '../ui/LinkedText.tsx';

interface Verdict {
  look: string;
  Icon: LucideIcon;
  title: string;
  text: string;
}

const modeTexts: Record<ProviderMode, string> = {
  live: 'Live, with the key of the server',
  simulator: 'Embedded simulator, because no key is set',
  user_provided: 'Live, each user brings a key',
};

/** The verdict first, then the facts behind it. */
export function ProviderCard({ status }: { status: ProviderStatus }) {
  const { problem, warnings, health } = status;
  const { look, Icon, title, text } = verdictOn(status);
  return (
    <section aria-labelledby="openrouter" className="overflow-hidden rounded-xl border border-line">
      <div className={`flex gap-3 p-5 ${look}`}>
        <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0" />
        <div className="min-w-0">
          <h2 id="openrouter" className="text-title font-semibold">
            {title}
          </h2>
          <p className="mt-1 text-ink wrap-anywhere">
            <LinkedText>{text}</LinkedText>
          </p>
        </div>
      </div>
      {warnings.length > 0 && (
        <ul className="border-t border-line bg-warn-soft px-5 py-3 text-small">
          {warnings.map((warning) => (
            <li key={warning} className="flex gap-2 py-0.5">
              <TriangleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
              {warning}
            </li>
          ))}
        </ul>
      )}
      <dl className="divide-y divide-line border-t border-line bg-surface px-5">
        {problem?.variable && <Fact name="Variable">{problem.variable}</Fact>}
        <Fact name="Mode">{status.mode ? modeTexts[status.mode] : 'None'}</Fact>
        <Fact name="Server asked">{status.base_url_host ?? 'None'}</Fact>
        {health && <HealthFacts health={health} />}
      </dl>
    </section>
  );
}

function HealthFacts({ health }: { health: Health }) {
  const { models, credits, upstream } = health;
  return (
    <>
      <Fact name="Reachable">{reachability(upstream)}</Fact>
      <Fact name="Models">
        {models.count === null ? 'Unknown' : formatCount(models.count)}
        {models.age_ms !== null && `, read ${formatAge(models.age_ms)}`}
        {models.stale && ', last good copy'}
      </Fact>
      <Fact name="Balance">{credits.known ? 'Known' : 'Unknown'}</Fact>
    </>
  );
}

function reachability({ reachable, last_ok_at, last_error_reason }: Health['upstream']): string {
  const trouble = last_error_reason ? `, last trouble: ${last_error_reason}` : '';
  if (reachable === null) return 'Not asked yet';
  if (!reachable) return `No${trouble}`;
  return `Yes${last_ok_at ? `, last at ${formatDate(last_ok_at)}` : ''}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 py-3">
      <dt className="w-26 text-ink-soft sm:w-36">{name}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere tabular-nums">{children}</dd>
    </div>
  );
}

function verdictOn({ configured, mode, problem, health }: ProviderStatus): Verdict {
  if (problem || !configured) {
    return {
      look: 'bg-bad-soft text-bad',
      Icon: CircleX,
      title: 'OpenRouter is not offered',
      text: problem ? `${problem.message} ${problem.action}` : 'No provider is set up.',
    };
  }
  if (mode === 'simulator') {
    return {
      look: 'bg-warn-soft text-warn',
      Icon: FlaskConical,
      title: 'The simulator answers',
      text: 'Put OPENROUTER_API_KEY into .env and restart, and OpenRouter answers instead. Keys are made at https://openrouter.ai/settings/keys.',
    };
  }
  if (health && health.status !== 'healthy') {
    return {
      look: 'bg-warn-soft text-warn',
      Icon: TriangleAlert,
      title: health.status === 'degraded' ? 'OpenRouter works, with trouble' : 'OpenRouter is down',
      text: 'The facts below say what was the matter last; the doctor finds the cause.',
    };
  }
  return {
    look: 'bg-good-soft text-good',
    Icon: CircleCheck,
    title: 'OpenRouter is ready',
    text: 'It is offered to everybody who signs in.',
  };
}

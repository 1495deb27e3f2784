import type { HostConfig, User } from '@openrouter-native/protocol';
import { ArrowLeft, Square, Stethoscope } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CheckRow } from '../components/Doctor/CheckRow.tsx';
import { Conclusion } from '../components/Doctor/Conclusion.tsx';
import { Progress } from '../components/Doctor/Progress.tsx';
import { Header } from '../components/Header/Header.tsx';
import { Button, buttonClass } from '../components/ui/Button.tsx';
import { Checkbox } from '../components/ui/Checkbox.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { useDoctor } from '../doctor/useDoctor.ts';
import { useFormat } from '../i18n/useFormat.ts';

/** What three answers of one token cost with the models that are asked. US dollars. */
const COMPLETIONS_COST_USD = 0.00002;

/** Finds out what keeps OpenRouter from answering, and says what to do. */
export function DoctorPage({ config, user }: { config: HostConfig; user: User }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, run, stop } = useDoctor();
  const [completions, setCompletions] = useState(true);
  const { status, checks, report, error } = state;
  const isRunning = status === 'running';
  const wasStopped = status === 'idle' && checks.length > 0;

  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${t('doctor.title')} · ${config.appTitle}`}</title>
      <Header appTitle={config.appTitle} user={user}>
        <Link to="/admin" className={buttonClass('quiet')}>
          <ArrowLeft size={16} aria-hidden="true" />
          {t('admin.title')}
        </Link>
      </Header>
      <main className="mx-auto w-full max-w-176 px-4 py-8">
        <h1 className="text-display font-semibold">{t('doctor.title')}</h1>
        <p className="mt-2 mb-5 text-ink-soft">{t('doctor.lead')} </p>
        <div className="mb-6 flex flex-wrap items-center gap-x-5 gap-y-2">
          {isRunning ? (
            <Button onClick={stop}>
              <Square size={14} aria-hidden="true" />
              {t('doctor.stop')}
            </Button>
          ) : (
            <Button look="primary" onClick={() => void run({ completions })}>
              <Stethoscope size={16} aria-hidden="true" />
              {t(report || error ? 'doctor.runAgain' : 'doctor.run')}
            </Button>
          )}
          <Checkbox checked={completions} onChange={setCompletions}>
            {t('doctor.askModels', { cost: format.charge(COMPLETIONS_COST_USD) })}
          </Checkbox>
        </div>
        <p role="status" className="sr-only">
          {isRunning && t('doctor.begun')}
          {report && t('doctor.ended', { sentence: report.conclusion.sentence })}
        </p>
        {error && <ErrorCard error={error} announce />}
        {isRunning && <Progress planned={state.planned} checks={checks} />}
        {report && <Conclusion report={report} markdown={state.markdown} />}
        {wasStopped && <p className="text-ink-soft">{t('doctor.stopped')}</p>}
        {checks.length > 0 && (
          <>
            <h2 className="mt-8 mb-2 text-title font-semibold">{t('doctor.checks')}</h2>
            <ul className="divide-y divide-line rounded-xl border border-line bg-surface px-5">
              {checks.map((check) => (
                <CheckRow key={check.id} check={check} />
              ))}
            </ul>
          </>
        )}
      </main>
    </div>
  );
}

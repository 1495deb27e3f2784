import type { Health, ProviderStatus } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';

const modeTexts = {
  live: 'admin.modeLive',
  simulator: 'admin.modeSimulator',
  user_provided: 'admin.modeUserProvided',
} as const;

/** Whom the server asks, with whose key, and whether that works. */
export function ConnectionSection({ status }: { status: ProviderStatus }) {
  const { t } = useTranslation();
  const { problem, mode, health } = status;
  const noBalance = health && !health.credits.known && mode === 'live';
  return (
    <Section title={t('admin.connection')}>
      <Facts>
        {problem?.variable && <Fact name={t('admin.variable')}>{problem.variable}</Fact>}
        <Fact name={t('admin.mode')}>{mode ? t(modeTexts[mode]) : t('common.none')}</Fact>
        <Fact name={t('admin.server')}>{status.base_url_host ?? t('common.none')}</Fact>
        {health && (
          <>
            <Fact name={t('admin.reachable')}>
              <Reachability upstream={health.upstream} />
            </Fact>
            <Fact name={t('admin.balance')}>
              {t(health.credits.known ? 'admin.known' : 'admin.unknown')}
              {noBalance && !status.has_management_key && <Hint>{t('admin.balanceHint')}</Hint>}
            </Fact>
            <Resting routes={health.routes} />
          </>
        )}
      </Facts>
    </Section>
  );
}

function Reachability({ upstream }: { upstream: Health['upstream'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reachable, last_ok_at: lastOkAt, last_error_reason: reason } = upstream;
  if (reachable === null) return t('admin.reachableNotAsked');
  return (
    <>
      {reachable
        ? lastOkAt === null
          ? t('admin.reachableYes')
          : t('admin.reachableYesAt', { date: format.date(lastOkAt) })
        : t('admin.reachableNo')}
      {reason && <Hint>{t('admin.lastTrouble', { text: t(`errors.${reason}`) })}</Hint>}
    </>
  );
}

function Resting({ routes }: { routes: Health['routes'] }) {
  const { t } = useTranslation();
  const { resting, open_circuits: circuits } = routes;
  if (resting + circuits === 0) return null;
  return (
    <Fact name={t('admin.resting')}>
      {resting > 0 && <span className="block">{t('admin.restingText', { count: resting })}</span>}
      {circuits > 0 && <span className="block">{t('admin.circuits', { count: circuits })}</span>}
    </Fact>
  );
}

function Hint({ children }: { children: string }) {
  return <span className="block text-small text-ink-soft">{children}</span>;
}

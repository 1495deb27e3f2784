import type { ProviderStatus } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';

const BYTES_PER_MEGABYTE = 1_000_000;

/** What one person may take up. */
export function LimitsSection({ limits }: Pick<ProviderStatus, 'limits'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = (megabytes: number) => format.bytes(megabytes * BYTES_PER_MEGABYTE);
  return (
    <Section title={t('admin.limits')}>
      <Facts>
        <Fact name={t('admin.limitAnswers')}>
          {t('admin.perUser', { count: limits.running_answers })}
        </Fact>
        <Fact name={t('admin.limitTurns')}>
          {t('admin.turns', { count: limits.model_calls, max: limits.max_model_calls })}
        </Fact>
        <Fact name={t('admin.limitFile')}>{size(limits.file_megabytes)}</Fact>
        <Fact name={t('admin.limitFiles')}>
          {t('admin.bytesPerUser', { size: size(limits.user_megabytes) })}
        </Fact>
      </Facts>
    </Section>
  );
}

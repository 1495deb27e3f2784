import type { ProviderStatus } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';

/** Which models there are, and which of them may be used. */
export function ModelsSection({ status }: { status: ProviderStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const models = status.health?.models;
  return (
    <Section title={t('admin.models')}>
      <Facts>
        {models && (
          <Fact name={t('admin.offered')}>
            {[
              models.count === null
                ? t('admin.unknown')
                : t('admin.offeredCount', { count: models.count }),
              models.age_ms !== null && t('admin.readAt', { age: format.age(models.age_ms) }),
              models.stale && t('admin.lastGoodCopy'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Fact>
        )}
        <Fact name={t('admin.allowed')}>
          {status.allowed_models === null ? (
            t('admin.allowedAll')
          ) : (
            <ul className="font-mono text-small leading-6">
              {status.allowed_models.map((pattern) => (
                <li key={pattern}>{pattern}</li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name={t('admin.titleModel')}>{status.title_model ?? t('admin.titleModelOwn')}</Fact>
      </Facts>
    </Section>
  );
}

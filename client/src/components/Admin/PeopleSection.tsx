import type { ProviderStatus } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Fact, Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';

/** Who is here, and who may come. */
export function PeopleSection({ accounts }: Pick<ProviderStatus, 'accounts'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('admin.people')}>
      <Facts>
        <Fact name={t('admin.accounts')}>{format.count(accounts.count)}</Fact>
        <Fact name={t('admin.registration')}>
          {t(accounts.registration_open ? 'admin.registrationOpen' : 'admin.registrationClosed')}
          {accounts.registration_open && (
            <span className="block text-small text-ink-soft">
              {t('admin.registrationOpenHint')}
            </span>
          )}
        </Fact>
      </Facts>
    </Section>
  );
}

import { useAllAppTokens } from '@openrouter-native/react';
import { useTranslation } from 'react-i18next';
import { Section } from '../ui/Section.tsx';
import { TokenList } from './TokenList.tsx';

/** Everybody's tokens, for administrators. */
export function AllTokensSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('tokens.title')} lead={t('tokens.leadAll')}>
      <TokenList list={useAllAppTokens()} />
    </Section>
  );
}

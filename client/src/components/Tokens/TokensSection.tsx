import { useAppTokens } from '@openrouter-native/react';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';
import { TokenList } from './TokenList.tsx';

/** One's own tokens for other apps. */
export function TokensSection() {
  const { t } = useTranslation();
  const tokens = useAppTokens();
  const [isCreating, setIsCreating] = useState(false);
  return (
    <Section title={t('tokens.title')} lead={t('tokens.lead')}>
      <TokenList list={tokens} />
      <Button className="mt-4" onClick={() => setIsCreating(true)}>
        <Plus size={16} aria-hidden="true" />
        {t('tokens.create')}
      </Button>
      {isCreating && (
        <CreateTokenDialog onCreate={tokens.create} onClose={() => setIsCreating(false)} />
      )}
    </Section>
  );
}

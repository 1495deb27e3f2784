import type { AppToken, OwnedAppToken } from '@openrouter-native/protocol';
import type { AppTokenList } from '@openrouter-native/react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { TokenRow } from './TokenRow.tsx';

/** Tokens, and the way to take one back. */
export function TokenList<T extends AppToken | OwnedAppToken>({ list }: { list: AppTokenList<T> }) {
  const { t } = useTranslation();
  const { tokens, error, reload, revoke } = list;
  const ref = useRef<HTMLDivElement>(null);
  const [revoking, setRevoking] = useState<T | null>(null);
  const [news, setNews] = useState('');
  const name = revoking?.name ?? '';
  return (
    <div ref={ref} tabIndex={-1} className="outline-none">
      {error && <ErrorCard error={error.details} onRetry={reload} announce />}
      {!tokens && !error && <p aria-busy="true">{t('common.loading')} …</p>}
      {tokens?.length === 0 && <p className="text-ink-soft">{t('tokens.none')}</p>}
      {tokens && tokens.length > 0 && (
        <ul className="divide-y divide-line">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={revoking !== null}
        title={t('tokens.revokeTitle', { name })}
        text={t('tokens.revokeText')}
        confirmLabel={t('tokens.revoke')}
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          if (!revoking) return;
          await revoke(revoking.id);
          setNews(t('tokens.revoked', { name }));
          ref.current?.focus(); // The button that asked is gone.
        }}
      />
      <p role="status" className="sr-only">
        {news}
      </p>
    </div>
  );
}

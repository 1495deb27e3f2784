import {
  appTokenScopes,
  type AppToken,
  type AppTokenScope,
  type OwnedAppToken,
} from '@openrouter-native/protocol';
import { Trash2 } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { isExpired, unusedMs } from '../../tokens/token-state.ts';
import { Button } from '../ui/Button.tsx';

/** One token: what it may do, until when, and what it cost. */
export function TokenRow({
  token,
  onRevoke,
}: {
  token: AppToken | OwnedAppToken;
  onRevoke: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { name, models, expires_at: expiresAt } = token;
  const { monthly_limit_usd: limit, spent_this_month_usd: spent } = token;
  const hasExpired = isExpired(token);
  const unused = unusedMs(token);
  const scopes = token.scopes.map((scope) => (isScope(scope) ? t(`tokens.scope_${scope}`) : scope));
  const money = spent === null ? t('common.unknown') : format.balance(spent);
  return (
    <li aria-labelledby={id} className="py-4 first:pt-0 last:pb-0">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1 wrap-anywhere">
          <h3 id={id} className="font-medium">
            {name}
          </h3>
          <p className="font-mono text-small text-ink-faint">{token.hint}</p>
        </div>
        <Button look="quiet" onClick={onRevoke} aria-label={t('tokens.revokeNamed', { name })}>
          <Trash2 size={15} aria-hidden="true" />
          {t('tokens.revoke')}
        </Button>
      </div>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 text-small">
        {isOwned(token) && (
          <Line name={t('tokens.owner')}>
            {token.owner.name} <span className="text-ink-faint">{token.owner.email}</span>
          </Line>
        )}
        <Line name={t('tokens.scopes')}>{format.list(scopes)}</Line>
        <Line name={t('tokens.models')}>
          {models === null ? (
            t('tokens.modelsAll')
          ) : (
            <span className="font-mono">{models.join(', ')}</span>
          )}
        </Line>
        <Line name={t('tokens.thisMonth')}>
          {limit === null
            ? t('tokens.spent', { spent: money })
            : t('tokens.spentOf', { spent: money, limit: format.balance(limit) })}
        </Line>
        <Line name={t('tokens.expires')}>
          {expiresAt === null ? (
            t('tokens.never')
          ) : (
            <span className={hasExpired ? 'font-medium text-warn' : ''}>
              {hasExpired
                ? t('tokens.expired', { date: format.day(expiresAt) })
                : format.day(expiresAt)}
            </span>
          )}
        </Line>
        <Line name={t('tokens.lastUsed')}>
          {unused === null ? t('tokens.neverUsed') : format.age(unused)}
        </Line>
      </dl>
    </li>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="text-ink-soft wrap-anywhere tabular-nums">{children}</dd>
    </>
  );
}

function isScope(scope: string): scope is AppTokenScope {
  return appTokenScopes.some((known) => known === scope);
}

function isOwned(token: AppToken | OwnedAppToken): token is OwnedAppToken {
  return 'owner' in token;
}

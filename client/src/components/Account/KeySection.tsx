import type { ErrorBody, HostConfig, UserKey } from '@openrouter-native/protocol';
import { toApiError, useUserKey, type UserKeyState } from '@openrouter-native/react';
import { CircleCheck, CircleDashed, Link2, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { LinkedText } from '../ui/LinkedText.tsx';
import { Section } from '../ui/Section.tsx';
import { KeyForm } from './KeyForm.tsx';
import { isExpired } from './key-state.ts';

/** The key a person brings, or whose key is used instead. */
export function KeySection({ config, isAdmin }: { config: HostConfig; isAdmin: boolean }) {
  const { t } = useTranslation();
  const { mode } = config.openrouter;
  const state = useUserKey(mode === 'user_provided');
  if (mode !== 'user_provided') {
    return (
      <Section title={t('account.key')}>
        <p>{t(modeTexts[mode ?? 'away'])}</p>
        {mode === 'live' && isAdmin && (
          <p className="mt-1 text-small text-ink-soft">{t('account.keyOfServerAdmin')}</p>
        )}
      </Section>
    );
  }
  return (
    <Section title={t('account.key')} lead={t('account.keyLead')}>
      {state.error && <ErrorCard error={state.error.details} announce />}
      {state.key && <OwnKey stored={state.key} state={state} />}
      {!state.key && !state.error && <p aria-busy="true">{t('common.loading')} …</p>}
    </Section>
  );
}

const modeTexts = {
  live: 'account.keyOfServer',
  simulator: 'account.keySimulator',
  away: 'account.keyAway',
} as const;

function OwnKey({ stored, state }: { stored: UserKey; state: UserKeyState }) {
  const { t } = useTranslation();
  const [news, setNews] = useState<'stored' | 'deleted' | null>(null);
  const [error, setError] = useState<ErrorBody['error'] | null>(null);
  const [isLeaving, setIsLeaving] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const isStored = stored.expiresAt !== null;

  async function attempt(task: () => Promise<void>): Promise<void> {
    setError(null);
    setNews(null);
    try {
      await task();
    } catch (cause) {
      setError(toApiError(cause).details);
    }
  }

  const connect = () =>
    attempt(async () => {
      setIsLeaving(true);
      try {
        window.location.assign(await state.connect());
      } catch (cause) {
        setIsLeaving(false);
        throw cause;
      }
    });

  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <KeyLine stored={stored} />
        {isStored && (
          <Button look="quiet" onClick={() => setIsAsking(true)}>
            <Trash2 size={15} aria-hidden="true" />
            {t('account.keyDelete')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('account.keyDelete')}
        text={t('account.keyDeleteSure')}
        confirmLabel={t('common.delete')}
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await state.remove();
          setNews('deleted');
        }}
      />
      <p role="status" className={news ? 'text-small text-good' : 'sr-only'}>
        {news && t(news === 'stored' ? 'account.keyWasStored' : 'account.keyWasDeleted')}
      </p>
      {error && <ErrorCard error={error} announce />}
      <div>
        <Button
          look={isStored ? 'outline' : 'primary'}
          className="min-h-11"
          aria-disabled={isLeaving}
          onClick={() => {
            if (!isLeaving) void connect();
          }}
        >
          <Link2 size={16} aria-hidden="true" />
          {t(isLeaving ? 'account.keyConnecting' : 'account.keyConnect')}
        </Button>
        <p className="mt-2 text-small text-ink-soft">{t('account.keyConnectHint')}</p>
      </div>
      <div>
        <h3 className="mb-2 text-small font-medium">{t('account.keyByHand')}</h3>
        <KeyForm
          isReplacing={isStored}
          onStore={(key, expiresAt) =>
            attempt(async () => {
              await state.store(key, expiresAt);
              setNews('stored');
            })
          }
        />
        <p className="mt-2 text-small text-ink-soft">
          <LinkedText>{t('account.keyHint')}</LinkedText>
        </p>
      </div>
    </div>
  );
}

function KeyLine({ stored }: { stored: UserKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { expiresAt } = stored;
  if (expiresAt === null) {
    return (
      <p className="flex items-center gap-2">
        <CircleDashed size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
        {t('account.keyNone')}
      </p>
    );
  }
  const hasExpired = isExpired(stored);
  const Icon = hasExpired ? TriangleAlert : CircleCheck;
  return (
    <p className="flex items-center gap-2">
      <Icon
        size={18}
        aria-hidden="true"
        className={`shrink-0 ${hasExpired ? 'text-warn' : 'text-good'}`}
      />
      {expiresAt === 'never'
        ? t('account.keyStored')
        : t(hasExpired ? 'account.keyExpired' : 'account.keyStoredUntil', {
            date: format.date(expiresAt),
          })}
    </p>
  );
}

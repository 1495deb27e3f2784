import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';

const DAY_MS = 24 * 60 * 60_000;
/** Days after which the server forgets a key; 0 = never. */
const lifetimes = [0, 1, 7, 30, 90];

/** A key that is pasted, and how long the server keeps it. The key is gone from the page once stored. */
export function KeyForm({
  isReplacing,
  onStore,
}: {
  isReplacing: boolean;
  /** Tells itself when it fails. */
  onStore: (key: string, expiresAt: Date | null) => Promise<void>;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [key, setKey] = useState('');
  const [days, setDays] = useState(0);
  const [isStoring, setIsStoring] = useState(false);

  async function store(): Promise<void> {
    setIsStoring(true);
    await onStore(key, days === 0 ? null : new Date(Date.now() + days * DAY_MS));
    setIsStoring(false);
    setKey('');
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isStoring) void store();
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <div className="grid min-w-56 flex-1 gap-1.5">
        <label htmlFor={id} className="text-small text-ink-soft">
          {t('account.keyField')}
        </label>
        <input
          id={id}
          type="password"
          required
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          placeholder="sk-or-v1-…"
          className="min-h-11 rounded-md border border-line-strong bg-surface px-3 font-mono text-body placeholder:text-ink-faint"
        />
      </div>
      <div className="grid gap-1.5">
        <label htmlFor={`${id}-days`} className="text-small text-ink-soft">
          {t('account.keyExpires')}
        </label>
        <select
          id={`${id}-days`}
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
          className="min-h-11 rounded-md border border-line-strong bg-surface px-3 text-body"
        >
          {lifetimes.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? t('account.keyExpiresNever') : t('account.keyExpiresDays', { count })}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" className="min-h-11" aria-disabled={isStoring}>
        {t(
          isStoring
            ? 'account.keyStoring'
            : isReplacing
              ? 'account.keyReplace'
              : 'account.keyStore',
        )}
      </Button>
    </form>
  );
}

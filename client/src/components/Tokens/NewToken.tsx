import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';

/** A token that nobody can read again, and where apps use it. */
export function NewToken({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation();
  const baseUrl = `${window.location.origin}/api/openrouter`;
  return (
    <div className="space-y-5">
      <p className="flex gap-2 rounded-md bg-warn-soft px-3 py-2.5 text-small">
        <TriangleAlert size={16} aria-hidden="true" className="mt-px shrink-0 text-warn" />
        {t('tokens.onlyOnce')}
      </p>
      <dl className="space-y-4">
        <Copied name={t('tokens.apiKey')} copyLabel={t('tokens.copyToken')} text={token} />
        <Copied name={t('tokens.baseUrl')} copyLabel={t('tokens.copyBaseUrl')} text={baseUrl} />
      </dl>
      <p className="text-small text-ink-soft">{t('tokens.howTo')}</p>
      <div className="flex justify-end">
        <Button look="primary" className="touch:min-w-11" onClick={onDone}>
          {t('tokens.done')}
        </Button>
      </div>
    </div>
  );
}

function Copied({ name, copyLabel, text }: { name: string; copyLabel: string; text: string }) {
  return (
    <div className="grid gap-1.5">
      <dt className="text-small font-medium">{name}</dt>
      <dd className="flex items-center gap-1 rounded-md border border-line-strong bg-sunken pl-3">
        <code className="min-w-0 flex-1 py-2 font-mono text-small break-all select-all">
          {text}
        </code>
        <CopyButton label={copyLabel} getText={() => text} />
      </dd>
    </div>
  );
}

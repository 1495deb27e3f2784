import type { ErrorBody } from '@openrouter-native/protocol';
import { toApiError, type AgentField } from '@openrouter-native/react';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionStep } from '../../agents/versions.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { versionFacts } from './version-facts.ts';

/** One version in full, and the way back to it. */
export function VersionDetails({
  step: { version, changed, isCurrent },
  isDirty,
  onRevert,
}: {
  step: VersionStep;
  isDirty: boolean;
  onRevert: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);

  async function revert() {
    if (isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      await onRevert();
    } catch (cause) {
      setFailure(toApiError(cause).details);
      setIsBusy(false);
    }
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        tabIndex={0}
        role="region"
        aria-label={t('agents.version', { number: version.version })}
        className="min-h-0 flex-1 space-y-5 overflow-y-auto overscroll-contain p-5 -outline-offset-2"
      >
        <p className="text-small text-ink-faint">
          {t('agents.versionOf', { date: format.date(version.createdAt) })}
        </p>
        <dl className="space-y-4">
          {versionFacts(version, t, format).map(({ field, text }) => (
            <Fact key={field} field={field} text={text} isChanged={changed?.includes(field)} />
          ))}
        </dl>
      </div>
      <div className="shrink-0 space-y-3 border-t border-line px-5 py-3">
        {failure && <ErrorCard error={failure} announce />}
        {isCurrent ? (
          <p className="text-small text-ink-faint">{t('agents.versionIsCurrent')}</p>
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="min-w-0 flex-1 basis-60 text-small text-ink-soft">
              {t(isDirty ? 'agents.revertLosesChanges' : 'agents.revertHint')}
            </p>
            <Button look="primary" onClick={() => void revert()} aria-busy={isBusy}>
              <Undo2 size={15} aria-hidden="true" />
              {t(isDirty ? 'agents.revertAnyway' : 'agents.revert')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Fact({
  field,
  text,
  isChanged = false,
}: {
  field: AgentField;
  text: string;
  isChanged: boolean | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <dt className="flex items-center gap-2 text-small font-medium">
        {t(`agents.field_${field}`)}
        {isChanged && (
          <span className="rounded-full bg-accent-soft px-2 py-0.5 text-tiny text-accent-ink">
            {t('agents.versionChanged')}
          </span>
        )}
      </dt>
      <dd className="mt-0.5 text-small whitespace-pre-wrap text-ink-soft wrap-anywhere">{text}</dd>
    </div>
  );
}

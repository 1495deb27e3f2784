import { Dialog, DialogHeading } from '@ariakit/react';
import { useAgentVersions } from '@openrouter-native/react';
import { ArrowLeft } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { toVersionSteps } from '../../agents/versions.ts';
import { DialogClose } from '../ui/DialogClose.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { VersionDetails } from './VersionDetails.tsx';
import { VersionList } from './VersionList.tsx';

/** The states an agent was saved in. */
export interface VersionsDialogProps {
  agentId: string;
  /** Going back would lose what is written. */
  isDirty: boolean;
  onClose: () => void;
  /** Rejects with `OpenRouterApiError`. */
  onRevert: (version: number) => Promise<void>;
}

/** All versions, one of them in full; on a narrow screen one after the other. */
export function VersionsDialog({ agentId, isDirty, onClose, onRevert }: VersionsDialogProps) {
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  const { data: versions, error, reload } = useAgentVersions(agentId);
  const steps = useMemo(() => toVersionSteps(versions ?? []), [versions]);
  const [chosen, setChosen] = useState<number | null>(null);
  const shown =
    steps.find(({ version }) => version.version === chosen) ?? (isNarrow ? null : steps[0]);
  const showsList = !isNarrow || !shown;
  const headingRef = useRef<HTMLHeadingElement>(null);

  /** @param version - `null` leads back to the list. */
  function show(version: number | null) {
    flushSync(() => setChosen(version));
    if (isNarrow) headingRef.current?.focus(); // What was pressed is gone.
  }

  return (
    <Dialog
      open
      onClose={onClose}
      backdrop={<div className="bg-backdrop" />}
      className="fixed inset-0 z-40 m-auto flex flex-col overflow-hidden bg-surface shadow-float outline-none sm:h-[min(44rem,82dvh)] sm:w-[min(56rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
    >
      <div className="flex min-h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        {!showsList && (
          <IconButton
            label={t('agents.versionsBack')}
            icon={<ArrowLeft size={18} />}
            onClick={() => show(null)}
            className="-ml-2"
          />
        )}
        <DialogHeading
          ref={headingRef}
          tabIndex={-1}
          className="flex-1 text-body font-semibold outline-none"
        >
          {t('agents.versions')}
        </DialogHeading>
        <DialogClose />
      </div>
      {error && !versions && (
        <div className="p-4">
          <ErrorCard error={error.details} onRetry={reload} announce />
        </div>
      )}
      {!versions && !error && (
        <p role="status" className="p-4 text-ink-soft">
          {t('common.loading')}
        </p>
      )}
      {versions && (
        <div className="flex min-h-0 flex-1">
          {showsList && (
            <VersionList steps={steps} shown={shown?.version.version ?? null} onShow={show} />
          )}
          {shown && (
            <VersionDetails
              key={shown.version.version}
              step={shown}
              isDirty={isDirty}
              onRevert={async () => {
                await onRevert(shown.version.version);
                onClose();
              }}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}

import type { Attachment, Uploads } from '@openrouter-native/react';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { AttachmentChip } from './AttachmentChip.tsx';
import type { Unreadable } from './unreadable.ts';

/** What is attached to the message that is being written, and what the chosen model can do with it. */
export function Attachments({
  attachments,
  uploads,
  unreadable,
  modelName,
  leftOut,
  onChooseModel,
}: {
  attachments: readonly Attachment[];
  uploads: Uploads;
  unreadable: readonly Unreadable[];
  modelName: string;
  /** Names of files for which there was no room. */
  leftOut: readonly string[];
  onChooseModel: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNothing = attachments.length === 0 && leftOut.length === 0;
  return (
    <div className={isNothing ? '' : 'space-y-2 px-2.5 pt-2.5'}>
      {attachments.length > 0 && (
        <ul aria-label={t('composer.attached')} className="flex flex-wrap gap-2">
          {attachments.map((attachment) => (
            <AttachmentChip
              key={attachment.id}
              attachment={attachment}
              onRetry={uploads.retry}
              onRemove={uploads.remove}
            />
          ))}
        </ul>
      )}
      <div role="status" className="text-small">
        {leftOut.length > 0 && (
          <p className="text-warn">{t('composer.leftOut', { names: format.list(leftOut) })}</p>
        )}
        {unreadable.length > 0 && (
          <p className="flex flex-wrap items-center gap-x-2 text-warn">
            <TriangleAlert size={14} aria-hidden="true" className="shrink-0" />
            {t('composer.unreadable', {
              model: modelName,
              what: format.list(unreadable.map((what) => t(`composer.${what}`))),
            })}
            {onChooseModel && (
              <button
                type="button"
                onClick={onChooseModel}
                className="min-h-8 rounded-md underline underline-offset-2 touch:min-h-11"
              >
                {t('chat.chooseModel')}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

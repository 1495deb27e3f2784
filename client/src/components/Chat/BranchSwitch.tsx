import type { BranchMessage } from '@openrouter-native/react';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';

/** Goes through the messages that could stand in one place. Nothing where there is only one. */
export function BranchSwitch({
  entry: { message, siblings },
  onChoose,
}: {
  entry: BranchMessage;
  onChoose: (messageId: string) => void;
}) {
  const { t } = useTranslation();
  if (siblings.length < 2) return null;
  const position = siblings.indexOf(message.messageId);
  const count = siblings.length;
  const go = (step: number) => {
    const next = siblings[(position + step + count) % count];
    if (next !== undefined) onChoose(next);
  };
  return (
    <span role="group" aria-label={t('chat.versions')} className="inline-flex items-center">
      <IconButton
        label={t('chat.previousVersion')}
        icon={<ChevronLeft size={16} />}
        onClick={() => go(-1)}
      />
      <span className="text-small text-ink-faint tabular-nums">
        {t('chat.versionOf', { position: position + 1, total: count })}
      </span>
      <IconButton
        label={t('chat.nextVersion')}
        icon={<ChevronRight size={16} />}
        onClick={() => go(1)}
      />
    </span>
  );
}

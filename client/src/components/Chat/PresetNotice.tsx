import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';

/** Above a chat that begins without the default preset, which may have held a limit or a data policy. */
export function PresetNotice({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 bg-warn-soft py-2 pr-3 pl-4 text-small"
    >
      <TriangleAlert size={16} aria-hidden="true" className="shrink-0 text-warn" />
      <p className="min-w-48 flex-1">{t('chat.presetUnread')}</p>
      <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
    </div>
  );
}

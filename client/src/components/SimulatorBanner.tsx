import { FlaskConical, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './ui/IconButton.tsx';
import { MarkedText } from './ui/MarkedText.tsx';

const KEY = 'openrouter-native:simulator-banner-dismissed';

/** Says that nothing here is real, and how to make it so. Can be put away until the tab is closed. */
export function SimulatorBanner() {
  const { t } = useTranslation();
  const [isDismissed, setIsDismissed] = useState(() => sessionStorage.getItem(KEY) !== null);
  if (isDismissed) return null;

  function dismiss() {
    sessionStorage.setItem(KEY, 'true');
    setIsDismissed(true);
  }

  return (
    <aside
      aria-label={t('common.simulator')}
      className="flex shrink-0 items-start gap-3 bg-warn-soft py-1 pr-2 pl-4 text-small sm:items-center"
    >
      <FlaskConical size={16} aria-hidden="true" className="mt-1 shrink-0 text-warn sm:mt-0" />
      <p className="flex-1 py-1">
        <MarkedText>{t('common.simulatorText')}</MarkedText>
      </p>
      <IconButton label={t('common.dismiss')} icon={<X size={16} />} onClick={dismiss} />
    </aside>
  );
}

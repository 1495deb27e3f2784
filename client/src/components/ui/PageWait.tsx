import { useTranslation } from 'react-i18next';
import { Logo } from './Logo.tsx';

/** While a page, or the whole app, is on its way. */
export function PageWait() {
  const { t } = useTranslation();
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <div className="animate-pulse-soft">
        <Logo size={40} />
      </div>
      <h1 className="sr-only">{t('common.loading')}</h1>
    </main>
  );
}

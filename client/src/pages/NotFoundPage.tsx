import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { buttonClass } from '../components/ui/Button.tsx';

/** For an address that leads nowhere, or to a page this account may not see. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-5 text-center">
      <title>{t('common.notFound')}</title>
      <h1 className="text-display font-semibold">{t('common.notFoundTitle')}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{t('common.notFoundText')}</p>
      <Link to="/" className={buttonClass('primary')}>
        {t('common.goToChat')}
      </Link>
    </main>
  );
}

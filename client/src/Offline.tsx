import { CloudOff, RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './components/ui/Button.tsx';

/** A network that comes back is not always announced, and a server's return never is. */
const RETRY_MS = 10_000;

/** In place of the app while its server cannot be reached; tries again by itself. */
export function Offline({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();

  useEffect(() => {
    const timer = setInterval(onRetry, RETRY_MS);
    window.addEventListener('online', onRetry);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', onRetry);
    };
  }, [onRetry]);

  return (
    <main className="mx-auto flex min-h-dvh max-w-104 flex-col items-center justify-center px-5 py-10 text-center">
      <title>{t('common.offlineTitle')}</title>
      <CloudOff size={32} aria-hidden="true" className="mb-4 text-ink-faint" />
      <div role="status">
        <h1 className="text-display font-semibold">{t('common.offlineTitle')}</h1>
        <p className="mt-2 mb-6 text-ink-soft">{t('common.offlineText')}</p>
      </div>
      <Button look="primary" onClick={onRetry}>
        <RotateCcw size={15} aria-hidden="true" />
        {t('common.tryAgain')}
      </Button>
    </main>
  );
}

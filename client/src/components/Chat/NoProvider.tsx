import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { buttonClass } from '../ui/Button.tsx';

/** In place of a chat when the host offers no provider. */
export function NoProvider({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="m-auto max-w-120 px-5 py-8 text-center">
      <Unplug size={28} aria-hidden="true" className="mx-auto mb-4 text-ink-faint" />
      <h2 className="text-title font-semibold">{t('chat.noProvider')}</h2>
      <p className="mt-2 text-ink-soft">
        {t(isAdmin ? 'chat.noProviderAdmin' : 'chat.noProviderUser')}
      </p>
      {isAdmin && (
        <Link to="/admin" className={buttonClass('primary', 'mt-6')}>
          {t('chat.seeWhy')}
        </Link>
      )}
    </div>
  );
}

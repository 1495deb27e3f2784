import type { User } from '@openrouter-native/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Logo } from '../ui/Logo.tsx';
import { AccountMenu } from './AccountMenu.tsx';

/**
 * The bar at the top of every page.
 *
 * @param children - What is chosen on this page; on a narrow screen it has a line of its own.
 * @param actions - Beside the account.
 * @param start - Before everything else.
 */
export function Header({
  appTitle,
  user,
  actions,
  start,
  children,
}: {
  appTitle: string;
  user: User;
  actions?: ReactNode;
  start?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-2 border-b border-line bg-canvas px-3 sm:h-14 sm:flex-nowrap sm:px-4">
      {start}
      <Link
        to="/"
        aria-label={t('common.toTheChat', { appTitle })}
        className="inline-grid size-11 shrink-0 place-items-center rounded-md sm:-ml-2"
      >
        <Logo size={28} />
      </Link>
      <div className="order-last flex w-full min-w-0 items-center gap-1 pb-1.5 sm:order-none sm:w-auto sm:flex-1 sm:pb-0">
        {children}
      </div>
      <div className="ml-auto flex h-13 items-center gap-1.5 sm:h-auto">
        {actions}
        <AccountMenu user={user} />
      </div>
    </header>
  );
}

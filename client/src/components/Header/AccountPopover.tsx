import { Popover, PopoverHeading, PopoverProvider } from '@ariakit/react';
import type { ErrorBody, User } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { LogOut, Settings2, UserRound } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageSelect } from '../../i18n/LanguageSelect.tsx';
import { useServices } from '../../services-context.ts';
import { ThemeSwitch } from '../../theme/ThemeSwitch.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';

const row =
  'flex min-h-10 w-full items-center gap-3 rounded-md px-3 text-body hover:bg-hover touch:min-h-11';

/** Who is signed in, theme and language, the pages about account and server, and the way out. */
export function AccountPopover({
  id,
  user,
  anchor,
  isOpen,
  onOpenChange,
}: {
  id: string;
  user: User;
  /** The button that opens it, which gets the focus back. */
  anchor: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { t } = useTranslation();
  const { session } = useServices();
  const [error, setError] = useState<ErrorBody['error'] | null>(null);
  const close = () => onOpenChange(false);

  async function signOut() {
    setError(null);
    try {
      await session.signOut();
    } catch (cause) {
      setError(toApiError(cause).details);
    }
  }

  return (
    <PopoverProvider placement="bottom-end" open={isOpen} setOpen={onOpenChange}>
      <Popover
        id={id}
        gutter={6}
        unmountOnHide
        getAnchorRect={() => anchor.current?.getBoundingClientRect() ?? null}
        finalFocus={anchor}
        // The button closes it by itself.
        hideOnInteractOutside={({ target }) =>
          !(target instanceof Node && anchor.current?.contains(target))
        }
        className="z-40 w-72 max-w-[calc(100vw-1rem)] animate-enter rounded-lg border border-line bg-surface p-1.5 shadow-float outline-none"
      >
        <div className="px-3 pt-2 pb-3">
          <PopoverHeading className="truncate font-medium">{user.name}</PopoverHeading>
          <p className="truncate text-small text-ink-faint">{user.email}</p>
        </div>
        <div className="space-y-3 px-3 pb-3">
          <ThemeSwitch />
          <LanguageSelect />
        </div>
        <hr className="mb-1.5 border-line" />
        <Link to="/account" className={row} onClick={close}>
          <UserRound size={16} aria-hidden="true" className="text-ink-faint" />
          {t('account.title')}
        </Link>
        {user.role === 'ADMIN' && (
          <Link to="/admin" className={row} onClick={close}>
            <Settings2 size={16} aria-hidden="true" className="text-ink-faint" />
            {t('account.administration')}
          </Link>
        )}
        <button type="button" className={row} onClick={() => void signOut()}>
          <LogOut size={16} aria-hidden="true" className="text-ink-faint" />
          {t('account.signOut')}
        </button>
        {error && <ErrorCard error={error} announce />}
      </Popover>
    </PopoverProvider>
  );
}

import type { User } from '@openrouter-native/protocol';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whenIdle } from '../ui/when-idle.ts';

const load = () => import('./AccountPopover.tsx');

/** Fetched while the page is idle, so that it is there when the menu opens. */
const AccountPopover = lazy(async () => {
  const { AccountPopover: component } = await load();
  return { default: component };
});

/** The button of whoever is signed in, and the menu behind it. */
export function AccountMenu({ user }: { user: User }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const id = useId();

  useEffect(() => whenIdle(load), []);

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t('account.menu', { name: user.name })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setWasOpened(true);
          setIsOpen(!isOpen);
        }}
        className="inline-grid shrink-0 place-items-center rounded-full touch:size-11"
      >
        <span className="grid size-8.5 place-items-center rounded-full bg-accent-soft text-small font-semibold text-accent-ink uppercase">
          {user.name[0]}
        </span>
      </button>
      {wasOpened && (
        <Suspense>
          <AccountPopover
            id={id}
            user={user}
            anchor={button}
            isOpen={isOpen}
            onOpenChange={setIsOpen}
          />
        </Suspense>
      )}
    </>
  );
}

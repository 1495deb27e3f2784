import { ChevronDown } from 'lucide-react';
import {
  lazy,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { whenIdle } from '../ui/when-idle.ts';

const load = () => import('./ProviderPopover.tsx');

/** Fetched while the page is idle, so that it is there when the dropdown opens. */
const ProviderPopover = lazy(async () => {
  const { ProviderPopover: component } = await load();
  return { default: component };
});

/** One entry of the provider dropdown. */
export interface Provider {
  id: string;
  label: string;
  /** One line about it. */
  hint: string;
}

/** Who answers. Lists what the host offers and nothing else. */
export function ProviderSelect({
  providers,
  value,
  onChange,
  buttonRef,
}: {
  providers: readonly Provider[];
  /** Id of the one that is chosen. */
  value: string;
  onChange: (id: string) => void;
  /** The button, for who leads the focus back to it. */
  buttonRef?: RefObject<HTMLButtonElement | null>;
}) {
  const { t } = useTranslation();
  const ownRef = useRef<HTMLButtonElement>(null);
  const button = buttonRef ?? ownRef;
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const id = useId();
  const current = providers.find((provider) => provider.id === value);
  const name = t('common.providerLabel', { provider: current?.label ?? t('common.noProvider') });

  useEffect(() => whenIdle(load), []);

  function setOpen(next: boolean) {
    setWasOpened(true);
    setIsOpen(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        role="combobox"
        aria-label={name}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
        className="inline-flex min-h-9 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-body transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11"
      >
        {current?.label ?? t('common.noProvider')}
        <ChevronDown size={16} aria-hidden="true" className="text-ink-faint" />
      </button>
      {wasOpened && (
        <Suspense>
          <ProviderPopover
            id={id}
            label={name}
            anchor={button}
            isOpen={isOpen}
            onOpenChange={setIsOpen}
            providers={providers}
            value={value}
            onChange={onChange}
          />
        </Suspense>
      )}
    </>
  );
}

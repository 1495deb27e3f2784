import { SelectItem, SelectItemCheck, SelectPopover, SelectProvider } from '@ariakit/react';
import type { RefObject } from 'react';
import type { Provider } from './ProviderSelect.tsx';

/** The entries of the provider dropdown. */
export function ProviderPopover({
  id,
  label,
  anchor,
  isOpen,
  onOpenChange,
  providers,
  value,
  onChange,
}: {
  id: string;
  label: string;
  /** The button that opens it, which gets the focus back. */
  anchor: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  providers: readonly Provider[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <SelectProvider value={value} setValue={onChange} open={isOpen} setOpen={onOpenChange}>
      <SelectPopover
        id={id}
        aria-label={label}
        gutter={6}
        unmountOnHide
        getAnchorRect={() => anchor.current?.getBoundingClientRect() ?? null}
        finalFocus={anchor}
        // The button closes it by itself.
        hideOnInteractOutside={({ target }) =>
          !(target instanceof Node && anchor.current?.contains(target))
        }
        className="z-40 min-w-64 animate-enter rounded-lg border border-line bg-surface p-1.5 shadow-float outline-none"
      >
        {providers.map((provider) => (
          <SelectItem
            key={provider.id}
            value={provider.id}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 py-2 data-active-item:bg-hover"
          >
            <span className="flex-1">
              <span className="block font-medium">{provider.label}</span>
              <span className="block text-small text-ink-faint">{provider.hint}</span>
            </span>
            <SelectItemCheck />
          </SelectItem>
        ))}
      </SelectPopover>
    </SelectProvider>
  );
}

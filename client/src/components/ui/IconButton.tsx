import type { ReactNode } from 'react';
import { useTooltip } from './useTooltip.tsx';

/** The icon is decoration; the label names the button for everybody. */
export interface IconButtonProps {
  /** The name for those who do not see the icon, and the tooltip for those who do. */
  label: string;
  icon: ReactNode;
  onClick: () => void;
  /** It stays focusable, and does nothing. */
  isDisabled?: boolean;
  className?: string;
}

/** A button without words, which appear when it is pointed at or focused. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, onClick, isDisabled = false, className = '' } = props;
  const { anchorProps, tooltip } = useTooltip<HTMLButtonElement>(label, {
    delayMs: 400,
    className: 'rounded-sm px-2 py-1 text-tiny shadow-card',
  });
  return (
    <>
      <button
        {...anchorProps}
        type="button"
        aria-label={label}
        aria-disabled={isDisabled || undefined}
        onClick={isDisabled ? undefined : onClick}
        className={`inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent touch:size-11 ${className}`}
      >
        {icon}
      </button>
      {tooltip}
    </>
  );
}

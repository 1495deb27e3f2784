import { Tooltip, TooltipAnchor, TooltipProvider } from '@ariakit/react';
import type { ReactNode } from 'react';

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
  return (
    <TooltipProvider timeout={400}>
      <TooltipAnchor
        render={<button type="button" />}
        aria-label={label}
        aria-disabled={isDisabled || undefined}
        onClick={isDisabled ? undefined : onClick}
        className={`inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent touch:size-11 ${className}`}
      >
        {icon}
      </TooltipAnchor>
      <Tooltip
        gutter={6}
        className="z-50 rounded-sm bg-ink px-2 py-1 text-tiny text-canvas shadow-card"
      >
        {label}
      </Tooltip>
    </TooltipProvider>
  );
}

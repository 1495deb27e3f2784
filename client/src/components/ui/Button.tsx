import type { ComponentProps } from 'react';

type Look = 'primary' | 'outline' | 'quiet';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover font-medium',
  outline: 'border border-line bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
};

const shape =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-3 py-1.5 text-small ' +
  'transition-colors touch:min-h-11 ' +
  'aria-disabled:bg-sunken aria-disabled:text-ink-faint aria-disabled:hover:bg-sunken';

/** For a component that is no `button`, such as a link, but looks like one. */
export function buttonClass(look: Look, className = ''): string {
  return `${shape} ${looks[look]} ${className}`;
}

/** A button with words. Use `aria-disabled` to block it: it stays focusable and can say why. */
export function Button({
  look = 'outline',
  className,
  ...props
}: ComponentProps<'button'> & { look?: Look }) {
  return <button type="button" {...props} className={buttonClass(look, className)} />;
}

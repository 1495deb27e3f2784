/** A menu that hangs from its button. */
export const menuClass =
  'z-50 min-w-44 animate-enter rounded-lg border border-line bg-surface p-1.5 shadow-float outline-none';

export const menuItemClass =
  'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 text-body data-active-item:bg-hover touch:min-h-11';

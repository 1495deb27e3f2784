/** How every field of this form looks. */
export const controlClass =
  'min-h-9 rounded-md border border-line-strong bg-surface px-2.5 text-small placeholder:text-ink-faint aria-invalid:border-bad touch:min-h-11';

import { useId, type ComponentProps } from 'react';

/** A labelled text field, with a hint below it. */
export function Field({
  label,
  hint,
  ...input
}: ComponentProps<'input'> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="min-h-11 rounded-md border border-line-strong bg-surface px-3 text-prose placeholder:text-ink-faint"
      />
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
}

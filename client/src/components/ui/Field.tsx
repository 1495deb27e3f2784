import { CircleAlert } from 'lucide-react';
import { useId, type ComponentProps } from 'react';

/** A labelled text field, with a hint below it, and what is wrong with what stands in it. */
export function Field({
  label,
  hint,
  problem = null,
  ...input
}: ComponentProps<'input'> & { label: string; hint?: string; problem?: string | null }) {
  const id = useId();
  const notes = [hint && `${id}-hint`, problem !== null && `${id}-problem`].filter(Boolean);
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-describedby={notes.join(' ') || undefined}
        aria-invalid={problem === null ? undefined : true}
        className="min-h-11 w-full rounded-md border border-line-strong bg-surface px-3 text-prose placeholder:text-ink-faint aria-invalid:border-bad"
      />
      {problem !== null && (
        <p id={`${id}-problem`} className="flex gap-1.5 text-small text-bad">
          <CircleAlert size={15} aria-hidden="true" className="mt-px shrink-0" />
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
}

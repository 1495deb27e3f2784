import { useId, type ReactNode } from 'react';

/** A part of the builder: what it is for, and its fields. */
export function FormSection({
  title,
  hint,
  aside,
  children,
}: {
  title: string;
  hint?: string;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="space-y-3">
      <div>
        <div className="flex items-baseline justify-between gap-3">
          <h2 id={id} className="text-body font-semibold">
            {title}
          </h2>
          {aside}
        </div>
        {hint && <p className="mt-0.5 text-small text-ink-soft">{hint}</p>}
      </div>
      {children}
    </section>
  );
}

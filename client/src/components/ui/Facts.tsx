import type { ReactNode } from 'react';

/** Names and values, one in each line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line">{children}</dl>;
}

/** One line of `Facts`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0">
      <dt className="w-36 shrink-0 text-ink-soft">{name}</dt>
      <dd className="min-w-48 flex-1 wrap-anywhere tabular-nums">{children}</dd>
    </div>
  );
}

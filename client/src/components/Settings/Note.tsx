import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something that deserves to be seen: set in vain, or bound to fail. Read out when it appears. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex gap-2 rounded-md bg-warn-soft px-3 py-2.5 text-small text-ink wrap-anywhere"
    >
      <TriangleAlert size={16} aria-hidden="true" className="mt-px shrink-0 text-warn" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

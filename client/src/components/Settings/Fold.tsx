import { ChevronDown } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';

/** What few people need, below a part of the form. */
export function Fold({
  title,
  isOpenAtFirst,
  children,
}: {
  title: string;
  isOpenAtFirst: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <div className="space-y-5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
        className="group -ml-2 inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 text-small text-ink-soft hover:bg-hover hover:text-ink touch:min-h-11"
      >
        {title}
        <ChevronDown
          size={15}
          aria-hidden="true"
          className="transition-transform group-aria-expanded:rotate-180"
        />
      </button>
      {isOpen && (
        <div id={id} className="space-y-5">
          {children}
        </div>
      )}
    </div>
  );
}

import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A part of the form that folds; `count` is how many of its settings differ from the defaults. */
export interface SectionProps {
  title: string;
  count: number;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

/** What is folded asks for nothing and is not in the page. */
export function Section({ title, count, isOpenAtFirst = false, children }: SectionProps) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <div className="border-b border-line">
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setIsOpen(!isOpen)}
          className="group flex min-h-11 w-full items-center gap-2 px-4 text-left text-body font-medium transition-colors hover:bg-hover"
        >
          <ChevronRight
            size={16}
            aria-hidden="true"
            className="shrink-0 text-ink-faint transition-transform group-aria-expanded:rotate-90"
          />
          <span className="min-w-0 flex-1">{title}</span>
          {count > 0 && (
            <span className="rounded-full bg-accent-soft px-2 py-0.5 text-tiny font-medium text-accent-ink">
              <span className="sr-only">, </span>
              {t('settings.changed', { count })}
            </span>
          )}
        </button>
      </h3>
      {isOpen && (
        <div id={id} className="space-y-5 px-4 pt-1 pb-5">
          {children}
        </div>
      )}
    </div>
  );
}

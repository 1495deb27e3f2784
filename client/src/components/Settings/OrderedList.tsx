import { ArrowDown, ArrowUp, GripVertical, X, type LucideIcon } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moved } from '../../settings/fallback-chain.ts';
import { useDragOrder } from './useDragOrder.ts';

export interface OrderedListProps {
  label: string;
  /** Each once. */
  items: readonly string[];
  nameOf: (item: string) => string;
  /** What a row shows below the name. */
  renderFacts?: (item: string) => ReactNode;
  /** The number of the first row. @defaultValue 1 */
  first?: number;
  onChange: (items: readonly string[]) => void;
  /** The last row was taken away, and with it what had the focus. */
  onEmptied: () => void;
}

type Action = 'up' | 'down' | 'remove';

/** Entries whose order matters: dragged by a handle, or moved by buttons; each move is told. */
export function OrderedList(props: OrderedListProps) {
  const { label, items, nameOf, renderFacts, first = 1, onChange, onEmptied } = props;
  const { t } = useTranslation();
  const [news, setNews] = useState('');
  const focusNext = useRef<{ index: number; action: Action } | null>(null);
  const { listRef, styleOf, draggedIndex, onPointerDown } = useDragOrder(move);

  // A row that moves in the page loses the focus.
  useLayoutEffect(() => {
    const next = focusNext.current;
    focusNext.current = null;
    const row = next && listRef.current?.children[Math.min(next.index, items.length - 1)];
    row?.querySelector<HTMLElement>(`[data-action=${next?.action}]`)?.focus();
  });

  function move(from: number, to: number) {
    const next = moved(items, from, to);
    const item = items[from];
    if (next === items || item === undefined) return;
    onChange(next);
    setNews(
      t('settings.movedTo', {
        name: nameOf(item),
        place: to + first,
        count: items.length + first - 1,
      }),
    );
  }

  function act(index: number, action: Action) {
    const item = items[index];
    if (item === undefined) return;
    if (action === 'remove') {
      setNews(t('settings.removed', { name: nameOf(item) }));
      onChange(items.filter((each) => each !== item));
      if (items.length === 1) onEmptied();
      else focusNext.current = { index, action };
      return;
    }
    const to = index + (action === 'up' ? -1 : 1);
    focusNext.current = { index: to, action };
    move(index, to);
  }

  return (
    <>
      <ol ref={listRef} aria-label={label} start={first} className="space-y-1.5">
        {items.map((item, index) => (
          <li
            key={item}
            style={styleOf(index)}
            className={`rounded-md border bg-surface p-1 ${index === draggedIndex ? 'border-line-strong shadow-card' : 'border-line'}`}
          >
            <div className="flex items-center">
              <span
                aria-hidden="true"
                title={t('settings.drag')}
                onPointerDown={(event) => onPointerDown(event, index)}
                className="grid h-8 w-6 shrink-0 cursor-grab touch-none place-items-center text-ink-faint touch:h-11"
              >
                <GripVertical size={15} />
              </span>
              <span className="min-w-0 flex-1 truncate text-small font-medium">{nameOf(item)}</span>
              <RowButton
                action="up"
                icon={ArrowUp}
                label={t('settings.moveUp', { name: nameOf(item) })}
                isOff={index === 0}
                onClick={() => act(index, 'up')}
              />
              <RowButton
                action="down"
                icon={ArrowDown}
                label={t('settings.moveDown', { name: nameOf(item) })}
                isOff={index === items.length - 1}
                onClick={() => act(index, 'down')}
              />
              <RowButton
                action="remove"
                icon={X}
                label={t('settings.remove', { name: nameOf(item) })}
                isOff={false}
                onClick={() => act(index, 'remove')}
              />
            </div>
            {renderFacts && <div className="pr-2 pb-1 pl-6">{renderFacts(item)}</div>}
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {news}
      </p>
    </>
  );
}

function RowButton({
  action,
  icon: Icon,
  label,
  isOff,
  onClick,
}: {
  action: Action;
  icon: LucideIcon;
  label: string;
  isOff: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      data-action={action}
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) onClick();
      }}
      className="grid size-8 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink aria-disabled:opacity-40 aria-disabled:hover:bg-transparent touch:size-11"
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  );
}

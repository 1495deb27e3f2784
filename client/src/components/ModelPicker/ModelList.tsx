import type { ModelFamily } from '../../models/families.ts';
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { Info } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { baseIdOf } from '../../models/families.ts';
import { shortName } from '../../models/facts.ts';
import { optionId } from './option-id.ts';
import { ModelRow } from './ModelRow.tsx';
import { createRowFormat } from './row-format.ts';
import type { Row } from './rows.ts';

/** Rows are of known heights, so the list never has to measure. */
const ROW_PX = 60;
const NARROW_ROW_PX = 80;
const HEADING_PX = 34;
const FIRST_ROWS = 7;
const SCROLL_OVERSCAN = 4;

/** `activeIndex` is what Enter would choose, counted in models; the list keeps it in view. */
export interface ModelListProps {
  id: string;
  rows: readonly Row[];
  count: number;
  activeIndex: number;
  chosenId: string | null;
  isNarrow: boolean;
  onPoint: (index: number) => void;
  onChoose: (family: ModelFamily) => void;
  onShowDetails: (index: number) => void;
}

/** The options that are in view, of a list that may hold thousands. The search field has the focus. */
export function ModelList(props: ModelListProps) {
  const { id, rows, count, activeIndex, chosenId, isNarrow } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const rowFormat = useMemo(() => createRowFormat(t, format), [t, format]);
  const scrollRef = useRef<HTMLDivElement>(null);
  const isOpening = useRef(true);
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const virtualizer: Virtualizer<HTMLDivElement, Element> = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? HEADING_PX : rowPx),
    // Drawn with the dialog, before the browser has told how high the list is.
    initialRect: { width: 0, height: rowPx * FIRST_ROWS },
    // Rows out of view are drawn for scrolling only: every one of them costs at every key.
    rangeExtractor: (range) =>
      defaultRangeExtractor({ ...range, overscan: virtualizer.isScrolling ? SCROLL_OVERSCAN : 0 }),
    scrollPaddingEnd: 8,
    scrollPaddingStart: 8,
  });
  const activeRow = rows.findIndex((row) => row.type === 'model' && row.index === activeIndex);

  const headings = rows.filter(({ type }) => type === 'heading').length;
  useEffect(() => {
    virtualizer.measure(); // It remembers heights by place.
  }, [virtualizer, rowPx, headings]);

  useEffect(() => {
    // Opened in the middle, among its neighbours; from then on the list moves as little as it can.
    const align = isOpening.current ? 'center' : 'auto';
    isOpening.current = false;
    const target = activeIndex === 0 ? 0 : activeRow; // With the heading above the first model.
    const row = virtualizer.measurementsCache[target];
    const top = virtualizer.scrollOffset ?? 0;
    const bottom = top + (virtualizer.scrollRect?.height ?? 0);
    // Asking the virtualizer to scroll makes the browser lay the page out at once, on every key press.
    const isInView = row && row.start >= top && row.end <= bottom;
    if (target >= 0 && !(isInView && align === 'auto')) {
      virtualizer.scrollToIndex(target, { align });
    }
  }, [virtualizer, activeIndex, activeRow, rows]);

  const items = virtualizer.getVirtualItems();
  return (
    <div
      ref={scrollRef}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 outline-none"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {/* No stop of the Tab key, and a click leaves the focus in the search field, whose keys move here. */}
        <div
          id={id}
          role="listbox"
          aria-label={t('picker.models')}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
        >
          {/* By place, so that a key press changes the words in the rows instead of making new rows. */}
          {items.map(({ index, start, size }) => {
            const row = rows[index];
            if (!row) return null;
            const style = { height: size, top: start };
            if (row.type === 'heading') {
              return (
                <div
                  key={index}
                  role="presentation"
                  className="absolute inset-x-0 flex items-end px-3 pb-1.5 text-tiny font-medium text-ink-faint"
                  style={style}
                >
                  {t(`picker.${row.section}`)}
                </div>
              );
            }
            const { family, index: position } = row;
            const isChosen = chosenId !== null && baseIdOf(chosenId) === baseIdOf(family.model.id);
            return (
              // The search field handles the keys.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={index}
                id={optionId(id, position)}
                role="option"
                aria-selected={position === activeIndex}
                aria-posinset={position + 1}
                aria-setsize={count}
                onMouseMove={() => props.onPoint(position)}
                onClick={() => props.onChoose(family)}
                className="absolute right-11 left-0 rounded-md contain-strict aria-selected:bg-hover"
                style={style}
              >
                <ModelRow
                  model={family.model}
                  isChosen={isChosen}
                  isNarrow={isNarrow}
                  row={rowFormat}
                />
              </div>
            );
          })}
        </div>
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          return row?.type === 'model' ? (
            <button
              key={index}
              type="button"
              tabIndex={-1} // The keyboard has one button for the row that is active.
              aria-label={t('picker.detailsOf', { model: shortName(row.family.model) })}
              onClick={() => props.onShowDetails(row.index)}
              className="absolute right-0 grid w-11 place-items-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
              style={{ height: size, top: start }}
            >
              <Info size={16} aria-hidden="true" />
            </button>
          ) : null;
        })}
      </div>
    </div>
  );
}

import type { Model } from '@openrouter-native/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { optionId } from './option-id.ts';
import { ModelRow } from './ModelRow.tsx';

/** Rows are of one height, so the list never has to measure. */
const ROW_PX = 60;
const NARROW_ROW_PX = 80;

/** `activeIndex` is what Enter would choose; the list keeps it in view. */
export interface ModelListProps {
  id: string;
  models: readonly Model[];
  activeIndex: number;
  chosenId: string | null;
  isNarrow: boolean;
  onPoint: (index: number) => void;
  onChoose: (model: Model) => void;
}

/** The options that are in view, of a list that may hold thousands. The search field has the focus. */
export function ModelList(props: ModelListProps) {
  const { id, models, activeIndex, chosenId, isNarrow, onPoint, onChoose } = props;
  const scrollRef = useRef<HTMLDivElement>(null);
  const isOpening = useRef(true);
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
  const virtualizer = useVirtualizer({
    count: models.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowPx,
    overscan: 6,
    scrollPaddingEnd: 8,
    scrollPaddingStart: 8,
  });

  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowPx]);

  useEffect(() => {
    // Opened in the middle, among its neighbours; from then on the list moves as little as it can.
    virtualizer.scrollToIndex(activeIndex, { align: isOpening.current ? 'center' : 'auto' });
    isOpening.current = false;
  }, [virtualizer, activeIndex, models]);

  return (
    // No stop of the Tab key, and a click leaves the focus in the search field, whose keys move here.
    <div
      ref={scrollRef}
      id={id}
      role="listbox"
      aria-label="Models"
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 outline-none"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const model = models[index];
          if (!model) return null;
          return (
            // The search field handles the keys.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={model.id}
              id={optionId(id, index)}
              role="option"
              aria-selected={index === activeIndex}
              aria-posinset={index + 1}
              aria-setsize={models.length}
              onMouseMove={() => onPoint(index)}
              onClick={() => onChoose(model)}
              className="absolute inset-x-0 top-0 rounded-md aria-selected:bg-hover"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              <ModelRow model={model} isChosen={model.id === chosenId} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

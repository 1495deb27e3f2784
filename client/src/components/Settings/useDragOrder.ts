import {
  useRef,
  useState,
  type CSSProperties,
  type RefObject,
  type PointerEvent as PressEvent,
} from 'react';

/** A list that can be put into another order by dragging. */
export interface DragOrder {
  listRef: RefObject<HTMLOListElement | null>;
  /** Where an entry is drawn while one is dragged. */
  styleOf: (index: number) => CSSProperties;
  /** Which entry is dragged; `null` for none. */
  draggedIndex: number | null;
  /** For the handle of an entry. */
  onPointerDown: (event: PressEvent<HTMLElement>, index: number) => void;
}

interface Drag {
  from: number;
  to: number;
  /** How far the pointer has come, in pixels. */
  byPx: number;
  heightPx: number;
}

/** @param onMove - An entry was dropped in another place. */
export function useDragOrder(onMove: (from: number, to: number) => void): DragOrder {
  const listRef = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  function onPointerDown(event: PressEvent<HTMLElement>, from: number): void {
    if (event.button !== 0 || !listRef.current) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const rows = [...listRef.current.children].map((row) => row.getBoundingClientRect());
    const own = rows[from];
    if (!own) return;
    const startY = event.clientY;
    const ended = new AbortController();
    let current: Drag = { from, to: from, byPx: 0, heightPx: own.height };
    setDrag(current);
    handle.setPointerCapture(event.pointerId);

    function end(isDropped: boolean) {
      ended.abort();
      setDrag(null);
      if (isDropped && current.to !== from) onMove(from, current.to);
    }
    const listen = { signal: ended.signal };
    handle.addEventListener(
      'pointermove',
      ({ clientY }: PointerEvent) => {
        const byPx = clientY - startY;
        const middle = own.top + own.height / 2 + byPx;
        const to = rows.filter(
          (row, index) => index !== from && row.top + row.height / 2 < middle,
        ).length;
        current = { ...current, to, byPx };
        setDrag(current);
      },
      listen,
    );
    handle.addEventListener('pointerup', () => end(true), listen);
    handle.addEventListener('pointercancel', () => end(false), listen);
  }

  function styleOf(index: number): CSSProperties {
    if (!drag) return {};
    if (index === drag.from) {
      return { transform: `translateY(${drag.byPx}px)`, position: 'relative', zIndex: 1 };
    }
    const isAbove = index > drag.from && index <= drag.to;
    const isBelow = index < drag.from && index >= drag.to;
    const shift = isAbove ? -drag.heightPx : isBelow ? drag.heightPx : 0;
    return { transform: `translateY(${shift}px)`, transition: 'transform 120ms' };
  }

  return { listRef, styleOf, draggedIndex: drag?.from ?? null, onPointerDown };
}

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being at the end: a line of text. */
const END_PX = 32;

/**
 * What a reader does to move, and for how long the movement may follow. Without it the view has moved
 * because of a change of the content, which is no reason to leave its end.
 */
const MOVING = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'focusin'] as const;
const MOVES_FOR_MS = 1000;

/** Put the refs on the box that scrolls and on the content that grows inside it. */
export interface StickToBottom {
  scrollRef: RefObject<HTMLDivElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the newest line is in view. */
  isAtEnd: boolean;
  jumpToEnd: () => void;
  /** Leaves the reader where they are, whatever grows or shrinks next. */
  stay: () => void;
}

/**
 * Keeps the end of growing content in view until the reader scrolls up, by however little, and again
 * once they are back at the end.
 */
export function useStickToBottom(): StickToBottom {
  const scrollRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const isStuck = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const jumpToEnd = useCallback(() => {
    isStuck.current = true;
    const box = scrollRef.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  const stay = useCallback(() => {
    isStuck.current = false;
  }, []);

  useEffect(() => {
    const box = scrollRef.current;
    const content = contentRef.current;
    if (!box || !content) return;
    let lastTop = box.scrollTop;
    let movedAt = -Infinity;
    let isHeld = false; // The scroll bar, perhaps.

    function look() {
      if (!box) return;
      const { scrollTop, scrollHeight, clientHeight } = box;
      const isNearEnd = scrollHeight - scrollTop - clientHeight <= END_PX;
      const isReader = isHeld || performance.now() - movedAt < MOVES_FOR_MS;
      if (scrollTop < lastTop && isReader) isStuck.current = false;
      else if (isNearEnd && scrollTop > lastTop) isStuck.current = true;
      lastTop = scrollTop;
      setIsAtEnd(isNearEnd);
    }
    function grow() {
      if (!box) return;
      if (isStuck.current) box.scrollTop = box.scrollHeight;
      look();
    }
    function noteMove({ type }: Event) {
      movedAt = performance.now();
      if (type === 'pointerdown') isHeld = true;
    }
    function release() {
      isHeld = false;
    }

    const observer = new ResizeObserver(grow);
    observer.observe(content);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    for (const type of MOVING) box.addEventListener(type, noteMove, { passive: true });
    for (const type of ['pointerup', 'pointercancel']) globalThis.addEventListener(type, release);
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
      for (const type of MOVING) box.removeEventListener(type, noteMove);
      for (const type of ['pointerup', 'pointercancel']) {
        globalThis.removeEventListener(type, release);
      }
    };
  }, []);

  return { scrollRef, contentRef, isAtEnd, jumpToEnd, stay };
}

import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being at the end: a line of text. */
const END_PX = 32;

export interface StickToBottom {
  scrollRef: RefObject<HTMLDivElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the newest line is in view, and is kept there. */
  isAtEnd: boolean;
  jumpToEnd: () => void;
}

/**
 * Keeps the end of growing content in view until the reader scrolls up, and again once they are back
 * at the end.
 */
export function useStickToBottom(): StickToBottom {
  const scrollRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const isStuck = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);

  const stick = useCallback((stuck: boolean) => {
    isStuck.current = stuck;
    setIsAtEnd(stuck);
  }, []);

  const jumpToEnd = useCallback(() => {
    stick(true);
    const box = scrollRef.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [stick]);

  useEffect(() => {
    const box = scrollRef.current;
    const content = contentRef.current;
    if (!box || !content) return;
    let lastTop = box.scrollTop;
    let lastHeight = box.scrollHeight;

    function onScroll() {
      if (!box) return;
      const { scrollTop, scrollHeight, clientHeight } = box;
      // Content that shrinks moves the end as well; only the reader moves up while it does not.
      const isMovedUp = scrollTop < lastTop && scrollHeight >= lastHeight;
      lastTop = scrollTop;
      lastHeight = scrollHeight;
      if (scrollHeight - scrollTop - clientHeight <= END_PX) stick(true);
      else if (isMovedUp) stick(false);
    }

    const observer = new ResizeObserver(() => {
      if (isStuck.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content);
    observer.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, [stick]);

  return { scrollRef, contentRef, isAtEnd, jumpToEnd };
}

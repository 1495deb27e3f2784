import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being at the end: a line of text. */
const END_PX = 32;

/** Put the refs on the box that scrolls and on the content that grows inside it. */
export interface StickToBottom {
  scrollRef: RefObject<HTMLDivElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the newest line is in view. */
  isAtEnd: boolean;
  jumpToEnd: () => void;
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

  useEffect(() => {
    const box = scrollRef.current;
    const content = contentRef.current;
    if (!box || !content) return;
    let lastTop = box.scrollTop;
    let lastHeight = box.scrollHeight;

    function look() {
      if (!box) return;
      const { scrollTop, scrollHeight, clientHeight } = box;
      const isNearEnd = scrollHeight - scrollTop - clientHeight <= END_PX;
      // Content that shrinks moves the view up as well; otherwise only the reader does.
      const isMovedUp = scrollTop < lastTop && scrollHeight >= lastHeight;
      if (isMovedUp) isStuck.current = false;
      else if (isNearEnd && scrollTop > lastTop) isStuck.current = true;
      lastTop = scrollTop;
      lastHeight = scrollHeight;
      setIsAtEnd(isNearEnd);
    }

    const observer = new ResizeObserver(() => {
      if (isStuck.current) box.scrollTop = box.scrollHeight;
      look();
    });
    observer.observe(content);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);

  return { scrollRef, contentRef, isAtEnd, jumpToEnd };
}

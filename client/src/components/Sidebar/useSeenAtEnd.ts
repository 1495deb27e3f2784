import { useEffect, useRef, type RefObject } from 'react';

/**
 * Calls `onSeen` when the element comes into view.
 *
 * @param isOn - Whether anybody wants to know at this moment.
 */
export function useSeenAtEnd(isOn: boolean, onSeen: () => void): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOn || !ref.current || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onSeen();
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [isOn, onSeen]);
  return ref;
}

import { startTransition, useEffect, useState, type RefObject } from 'react';

/** More than a screen in each direction: what comes into view is there before it does. */
const MARGIN = '1200px 0px';

const onNear = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

function watch(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) onNear.get(target)?.();
    },
    { rootMargin: MARGIN },
  );
  onNear.set(element, callback);
  observer.observe(element);
  return () => observer?.unobserve(element);
}

/**
 * Whether an element has ever come close to what the reader looks at. What has not is drawn simply.
 *
 * @param isNearAnyway - Do not wait for it.
 */
export function useNear(ref: RefObject<Element | null>, isNearAnyway: boolean): boolean {
  const [isNear, setIsNear] = useState(
    () => isNearAnyway || typeof IntersectionObserver === 'undefined',
  );

  useEffect(() => {
    if (isNear || !ref.current) return;
    return watch(ref.current, () => startTransition(() => setIsNear(true)));
  }, [isNear, ref]);

  return isNear;
}

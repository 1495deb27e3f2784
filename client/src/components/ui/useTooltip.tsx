import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { createPortal } from 'react-dom';

/** Long enough to move from what is explained onto the words. */
const LEAVE_MS = 120;
/** CSS pixels between the words and what they explain, and between them and the edge of the window. */
const GAP = 6;

/** What the explained element needs, and the words, to be rendered beside it. */
export interface TooltipParts<Anchor extends HTMLElement> {
  anchorProps: {
    ref: RefObject<Anchor | null>;
    onPointerEnter: (event: PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: () => void;
  };
  tooltip: ReactNode;
}

/**
 * Words that appear when something is pointed at with a mouse, or focused with the keyboard. They are
 * for the eye only: whatever has them needs a name, or a description, of its own.
 *
 * @param delayMs - Before they appear to a mouse.
 */
export function useTooltip<Anchor extends HTMLElement>(
  words: ReactNode,
  { delayMs, className }: { delayMs: number; className: string },
): TooltipParts<Anchor> {
  const [isShown, setIsShown] = useState(false);
  const ref = useRef<Anchor>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function setLater(next: boolean, waitMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsShown(next), waitMs);
  }

  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!isShown) return;
    const hide = () => setIsShown(false);
    const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && hide();
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('scroll', hide, true);
    };
  }, [isShown]);

  return {
    anchorProps: {
      ref,
      onPointerEnter(event) {
        if (event.pointerType === 'mouse') setLater(true, delayMs);
      },
      onPointerLeave: () => setLater(false, LEAVE_MS),
      onFocus(event) {
        if (event.currentTarget.matches(':focus-visible')) setLater(true, 0);
      },
      onBlur: () => setLater(false, 0),
    },
    tooltip: isShown && (
      <TooltipBox
        anchor={ref}
        className={className}
        onEnter={() => clearTimeout(timer.current)}
        onLeave={() => setLater(false, LEAVE_MS)}
      >
        {words}
      </TooltipBox>
    ),
  };
}

function TooltipBox({
  anchor,
  className,
  onEnter,
  onLeave,
  children,
}: {
  anchor: RefObject<HTMLElement | null>;
  className: string;
  onEnter: () => void;
  onLeave: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (box.current && anchor.current) place(box.current, anchor.current);
  }); // Each time, since other words take up another place.

  return createPortal(
    <div
      ref={box}
      role="tooltip"
      aria-hidden="true"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      className={`fixed z-60 w-max max-w-72 bg-ink text-canvas ${className}`}
    >
      {children}
    </div>,
    document.body,
  );
}

/** Above what it explains, below where there is no room, and always inside the window. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  const around = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const above = around.top - GAP - height;
  const left = around.left + (around.width - width) / 2;
  const rightmost = document.documentElement.clientWidth - width - GAP;
  box.style.top = `${above >= GAP ? above : around.bottom + GAP}px`;
  box.style.left = `${Math.max(GAP, Math.min(left, rightmost))}px`;
}

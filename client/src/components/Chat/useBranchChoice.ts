import type { BranchMessage } from '@openrouter-native/react';
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

/** A switch to another branch, with what was where before it. */
interface Choice {
  position: number;
  /** Lower edge of the turn. Pixels. */
  bottom: number;
  /** Name of the button that had the focus. */
  button: string | null;
}

/**
 * Switches branches so that its reader loses neither place nor focus: the turn keeps its lower edge, below
 * which the buttons are, and the button that was pressed can be pressed again.
 */
export function useBranchChoice({
  branch,
  choose,
  stay,
  scrollRef,
  turnsRef,
}: {
  branch: readonly BranchMessage[];
  choose: (messageId: string) => void;
  /** Called before the content changes. */
  stay: () => void;
  scrollRef: RefObject<HTMLElement | null>;
  turnsRef: RefObject<HTMLElement | null>;
}): { choose: (messageId: string) => void; announcement: string } {
  const { t } = useTranslation();
  const made = useRef<Choice | null>(null);
  const branchRef = useRef(branch);
  const [announcement, setAnnouncement] = useState('');

  useLayoutEffect(() => {
    branchRef.current = branch;
    const choice = made.current;
    const turn = choice && turnsRef.current?.children[choice.position];
    if (!choice || !turn || !scrollRef.current) return;
    made.current = null;
    scrollRef.current.scrollTop += turn.getBoundingClientRect().bottom - choice.bottom;
    const button =
      choice.button && turn.querySelector(`[aria-label="${CSS.escape(choice.button)}"]`);
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
  }, [branch, scrollRef, turnsRef]);

  const chooseHere = useCallback(
    (messageId: string) => {
      const position = branchRef.current.findIndex(({ siblings }) => siblings.includes(messageId));
      const turn = turnsRef.current?.children[position];
      const siblings = branchRef.current[position]?.siblings ?? [];
      if (turn) {
        made.current = {
          position,
          bottom: turn.getBoundingClientRect().bottom,
          button: document.activeElement?.getAttribute('aria-label') ?? null,
        };
      }
      stay();
      choose(messageId);
      setAnnouncement(
        t('chat.versionShown', {
          position: siblings.indexOf(messageId) + 1,
          total: siblings.length,
        }),
      );
    },
    [choose, stay, t, turnsRef],
  );

  return { choose: chooseHere, announcement };
}

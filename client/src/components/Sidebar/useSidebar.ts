import { useState } from 'react';
import { useIsNarrow } from '../ui/useIsNarrow.ts';

const KEY = 'openrouter-native:sidebar';

/**
 * Whether the sidebar is shown. On a wide screen that is remembered in this browser; on a narrow one it
 * is open only until something was chosen.
 */
export function useSidebar(): { isOpen: boolean; setIsOpen: (isOpen: boolean) => void } {
  const isNarrow = useIsNarrow();
  const [isWideOpen, setIsWideOpen] = useState(() => localStorage.getItem(KEY) !== 'closed');
  const [isNarrowOpen, setIsNarrowOpen] = useState(false);
  return {
    isOpen: isNarrow ? isNarrowOpen : isWideOpen,
    setIsOpen(isOpen) {
      if (isNarrow) {
        setIsNarrowOpen(isOpen);
        return;
      }
      setIsWideOpen(isOpen);
      localStorage.setItem(KEY, isOpen ? 'open' : 'closed');
    },
  };
}

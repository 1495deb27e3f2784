import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useServices } from '../services-context.ts';
import { guardLeaving } from './leave-guard.ts';

/** A wish to leave that waits for an answer. */
export interface LeaveGuard {
  isAsking: boolean;
  /** Goes on at once when nothing would be lost; asks first otherwise. */
  attempt: (leave: () => void) => void;
  leave: () => void;
  stay: () => void;
}

/** Asks before the page is left, as long as `isDirty` holds. A page of another address needs another guard. */
export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const { historyGate } = useServices();
  const navigate = useNavigate();
  const [wish, setWish] = useState<{ leave: () => void } | null>(null);
  const dirty = useRef(isDirty);

  useEffect(() => {
    dirty.current = isDirty;
  }, [isDirty]);

  useEffect(
    () =>
      guardLeaving({
        window,
        historyGate,
        isDirty: () => dirty.current,
        onLeave: (leave) => setWish({ leave }),
        navigate: (path) => void navigate(path),
      }),
    [historyGate, navigate],
  );

  return {
    isAsking: wish !== null,
    attempt: useCallback((leave: () => void) => {
      if (dirty.current) setWish({ leave });
      else leave();
    }, []),
    leave() {
      setWish(null);
      wish?.leave();
    },
    stay: () => setWish(null),
  };
}

import { useState } from 'react';

/** What a field says is wrong, and what tells it when to. */
export interface HeldProblem {
  /** `null` when nothing is wrong, or when it is too early to say. */
  problem: string | null;
  onType: () => void;
  onLeave: () => void;
}

/** Holds a problem back while somebody is typing towards something valid, until they leave the field. */
export function useHeldProblem(problem: string | null): HeldProblem {
  const [isHeld, setIsHeld] = useState(false);
  return {
    problem: isHeld ? null : problem,
    onType() {
      if (problem === null) setIsHeld(true);
    },
    onLeave: () => setIsHeld(false),
  };
}

import { useState } from 'react';

/** Shorter texts are parsed in a few milliseconds. Characters. */
const SHORT = 3000;

/** Longer ones wait until they have grown by this share. */
const SHARE = 0.08;

/** A text that grows, at most as fresh as parsing it with each new word allows. */
export function useUnhurried(text: string, isGrowing: boolean): string {
  const [shown, setShown] = useState(text);
  const isFreshEnough =
    isGrowing &&
    text.length > SHORT &&
    text.length < shown.length * (1 + SHARE) &&
    text.startsWith(shown);
  if (isFreshEnough || shown === text) return shown;
  setShown(text);
  return text;
}

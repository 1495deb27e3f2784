import { lazy } from 'react';

const loadUserTurn = () => import('./UserTurn.tsx');
const loadAnswerTurn = () => import('./AnswerTurn.tsx');

/** What was said is drawn by code that comes after the page, in time for the first question. */
export function preloadTurns(): void {
  for (const load of [loadUserTurn, loadAnswerTurn]) {
    load().catch(() => undefined); // Whoever draws one asks again, and tells.
  }
}

/** `UserTurn`, once it is there. */
export const UserTurn = lazy(async () => {
  const { UserTurn: component } = await loadUserTurn();
  return { default: component };
});

/** `AnswerTurn`, once it is there. */
export const AnswerTurn = lazy(async () => {
  const { AnswerTurn: component } = await loadAnswerTurn();
  return { default: component };
});

import { lazy } from 'react';
import { whenIdle } from '../ui/when-idle.ts';

const loadUserTurn = () => import('./UserTurn.tsx');
const loadAnswerTurn = () => import('./AnswerTurn.tsx');

/** What was said is drawn by code that comes after the page, in time for the first question. For an effect. */
export function preloadTurns(): () => void {
  return whenIdle(() => Promise.all([loadUserTurn(), loadAnswerTurn()]));
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

import type { ErrorReason } from '@openrouter-native/protocol';
import type { Route } from './route.ts';

/** Routes that are rested because something is wrong with their key. */
export interface Bench {
  /** Rests a route if the failure is about its key. */
  consider(route: Route, reason: ErrorReason): void;
  /** The route has answered: its key is well again. */
  trust(route: Route): void;
  /** The routes in the order to try them: rested ones last, so that one is left in any case. */
  order(routes: readonly Route[]): Route[];
  /** Ids of the routes that rest now. */
  resting(): string[];
}

const KEY_PROBLEMS = new Set<ErrorReason>([
  'key_missing',
  'key_malformed',
  'key_invalid',
  'key_disabled',
  'key_limit_exceeded',
  'account_restricted',
  'negative_balance',
  'insufficient_credits',
]);

/** Whether another key would not have failed so. */
export function isKeyProblem(reason: ErrorReason): boolean {
  return KEY_PROBLEMS.has(reason);
}

const REST_MS = 5 * 60_000; // Long enough to save calls, short enough to notice a repaired key.

/** @param now - Epoch milliseconds. */
export function createBench(now: () => number): Bench {
  const until = new Map<string, number>();
  const rests = (id: string) => (until.get(id) ?? 0) > now();
  return {
    consider(route, reason) {
      if (isKeyProblem(reason)) until.set(route.id, now() + REST_MS);
    },
    trust(route) {
      until.delete(route.id);
    },
    order: (routes) => [
      ...routes.filter(({ id }) => !rests(id)),
      ...routes.filter(({ id }) => rests(id)),
    ],
    resting: () => [...until.keys()].filter(rests),
  };
}

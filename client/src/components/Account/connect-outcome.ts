import { connectErrors, type ConnectError } from '@openrouter-native/protocol';

/** How "Connect with OpenRouter" ended, as the address of the page tells it. */
export type ConnectOutcome = 'connected' | ConnectError;

/** @returns `null` when nobody comes back from there. */
export function connectOutcomeOf(query: URLSearchParams): ConnectOutcome | null {
  if (query.get('connected') === 'openrouter') return 'connected';
  const error = query.get('connect_error');
  if (error === null) return null;
  return connectErrors.find((known) => known === error) ?? 'internal';
}

/** The rest of the query, so that a reload does not tell the same again. */
export function withoutOutcome(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete('connected');
  rest.delete('connect_error');
  return rest;
}

import type { RunLimit } from '@openrouter-native/protocol';

/** The model has been called as often as allowed. */
export function recursionLimit(limit: number, used: number): RunLimit {
  const message = `The model was called ${used} times for this answer, which is as often as allowed. Raise the limit to let it go on.`;
  return { kind: 'recursion_limit', message, limit, used };
}

/** The model asks for the same thing again and again. */
export function repeatedCall(name: string, limit: number): RunLimit {
  const message = `The model called ${name} with the same arguments ${limit} times in a row, so it was stopped before the last of these calls ran. Let it go on, or ask in another way.`;
  return { kind: 'repeated_call', message, limit, used: limit };
}

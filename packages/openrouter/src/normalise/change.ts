import type { ChatRequest, Trace } from '@openrouter-native/protocol';

/** One thing that was changed in a request before it was sent, told in the answer's trace. */
export type Change = NonNullable<Trace['adjusted']>[number];

/** One step of normalisation: pure, and silent when there is nothing to change. */
export type Normaliser = (request: ChatRequest, note: (change: Change) => void) => ChatRequest;

/** The request without one of its fields. */
export function without(request: ChatRequest, field: string): ChatRequest {
  const { [field]: _left, ...rest } = request;
  return rest as ChatRequest;
}

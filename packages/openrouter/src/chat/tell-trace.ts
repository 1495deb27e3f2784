import type { AnswerState, Trace } from '@openrouter-native/protocol';

/** The payload with the trace as one more field at its end; every other byte stays as it is. */
export function withTrace(payload: string, trace: Trace): string {
  const end = payload.lastIndexOf('}');
  return `${payload.slice(0, end)},"openrouter_native":${JSON.stringify(trace)}}`;
}

/** A chunk of its own for the trace, for answers whose usage came too early or not at all. */
export function traceChunk(state: AnswerState, trace: Trace, nowMs: number): string {
  return JSON.stringify({
    id: state.generationId,
    object: 'chat.completion.chunk',
    created: Math.floor(nowMs / 1000),
    model: state.model,
    choices: [],
    openrouter_native: trace,
  });
}

import type { ChatEvent, RunEvent } from '@openrouter-native/protocol';

type ReasoningEnd = Extract<RunEvent, { type: 'reasoning-end' }>;

/** Measures how long a model thinks: from the first thought to what comes after the last. */
export interface ThoughtClock {
  /** @returns the end of the thoughts, if this event is what comes after them. */
  read(event: ChatEvent): ReasoningEnd[];
  /** @returns the end of the thoughts, if nothing came after them. */
  end(): ReasoningEnd[];
}

/** @param now - Epoch milliseconds. */
export function createThoughtClock(now: () => number): ThoughtClock {
  let startedAt: number | null = null;

  function end(): ReasoningEnd[] {
    if (startedAt === null) return [];
    const durationMs = Math.max(0, Math.round(now() - startedAt));
    startedAt = null;
    return [{ type: 'reasoning-end', durationMs }];
  }

  return {
    read({ type }) {
      switch (type) {
        case 'reasoning-delta':
          startedAt ??= now();
          return [];
        case 'start':
        case 'reasoning-details':
        case 'usage':
          return [];
        case 'text-delta':
        case 'refusal-delta':
        case 'tool-call-delta':
        case 'image':
        case 'annotation':
        case 'error':
        case 'finish':
          return end();
        default:
          return type satisfies never;
      }
    },
    end,
  };
}

import type { Ending } from '@openrouter-native/protocol';

/** What is said about an answer that did not end as it should, and what may help. */
export interface EndingNote {
  text: string;
  /** The model can be asked to go on where it was. */
  canContinue: boolean;
  canRetry: boolean;
}

/** `null` for an ending that needs no words: the answer is complete, or its error speaks. */
export const endingNotes: Record<Ending, EndingNote | null> = {
  complete: null,
  failed: null,
  length: {
    text: 'The model reached its limit, so this answer is not finished.',
    canContinue: true,
    canRetry: false,
  },
  tool_calls: {
    text: 'The model asked for a tool, which this chat does not offer.',
    canContinue: false,
    canRetry: true,
  },
  content_filter: {
    text: 'The provider withheld the rest of this answer.',
    canContinue: false,
    canRetry: true,
  },
  cut: {
    text: 'The connection was cut, so this answer is incomplete.',
    canContinue: true,
    canRetry: true,
  },
  stalled: {
    text: 'Nothing more arrived, so this answer is incomplete.',
    canContinue: true,
    canRetry: true,
  },
  stopped: { text: 'You stopped this answer.', canContinue: true, canRetry: true },
  budget: {
    text: 'A spending limit was reached, so this answer is incomplete.',
    canContinue: false,
    canRetry: false,
  },
};

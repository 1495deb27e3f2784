import type { Ending } from '@openrouter-native/protocol';

/** What is said about an answer that did not end as it should, and what may help. */
interface EndingNote {
  /** Key of the text. */
  text: string;
  /** The model can be asked to go on where it was; the server takes no other endings for it. */
  canContinue: boolean;
  canRetry: boolean;
  /** Another model may do better. */
  isModelsDoing: boolean;
}

/** `null` for an ending that needs no words: the answer is complete. */
export const endingNotes = {
  complete: null,
  length: { text: 'chat.endedLength', canContinue: true, canRetry: false, isModelsDoing: false },
  tool_calls: {
    text: 'chat.endedToolCalls',
    canContinue: false,
    canRetry: true,
    isModelsDoing: true,
  },
  content_filter: {
    text: 'chat.endedContentFilter',
    canContinue: false,
    canRetry: true,
    isModelsDoing: true,
  },
  cut: { text: 'chat.endedCut', canContinue: true, canRetry: true, isModelsDoing: false },
  stalled: { text: 'chat.endedStalled', canContinue: true, canRetry: true, isModelsDoing: true },
  failed: { text: 'chat.endedFailed', canContinue: true, canRetry: true, isModelsDoing: true },
  stopped: { text: 'chat.endedStopped', canContinue: true, canRetry: true, isModelsDoing: false },
  budget: { text: 'chat.endedBudget', canContinue: true, canRetry: false, isModelsDoing: false },
} as const satisfies Record<Ending, EndingNote | null>;

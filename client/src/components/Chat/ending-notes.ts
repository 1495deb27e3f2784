import type { Ending } from '@openrouter-native/protocol';

/** What is said about an answer that did not end as it should, and what may help. */
interface EndingNote {
  /** Key of the text. */
  text: string;
  /** The model can be asked to go on where it was. */
  canContinue: boolean;
  canRetry: boolean;
}

/** `null` for an ending that needs no words: the answer is complete, or its error speaks. */
export const endingNotes = {
  complete: null,
  failed: null,
  length: { text: 'chat.endedLength', canContinue: true, canRetry: false },
  tool_calls: { text: 'chat.endedToolCalls', canContinue: true, canRetry: true },
  content_filter: { text: 'chat.endedContentFilter', canContinue: false, canRetry: true },
  cut: { text: 'chat.endedCut', canContinue: true, canRetry: true },
  stalled: { text: 'chat.endedStalled', canContinue: true, canRetry: true },
  stopped: { text: 'chat.endedStopped', canContinue: true, canRetry: true },
  budget: { text: 'chat.endedBudget', canContinue: true, canRetry: false },
} as const satisfies Record<Ending, EndingNote | null>;

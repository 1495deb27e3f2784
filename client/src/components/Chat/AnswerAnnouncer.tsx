import type { ChatSnapshot, Message } from '@openrouter-native/react';
import { endingNotes } from './ending-notes.ts';

/** Tells screen readers that an answer begins and how it ended, instead of reading out each word. */
export function AnswerAnnouncer({ messages, status }: ChatSnapshot) {
  return (
    <p role="status" className="sr-only">
      {announcement(messages.at(-1), status !== 'ready')}
    </p>
  );
}

function announcement(last: Message | undefined, isUnderWay: boolean): string {
  if (isUnderWay) return 'The answer is on its way.';
  if (last?.role !== 'assistant' || last.ending === null) return '';
  if (last.error) return `The answer failed. ${last.error.message} ${last.error.action}`;
  return endingNotes[last.ending]?.text ?? 'The answer is complete.';
}

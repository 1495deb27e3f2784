import type { ChatMessage } from '@openrouter-native/protocol';
import { canReadThoughts } from './family.ts';
import type { AnswerSoFar } from './steps.ts';
import { tellAnswer } from './tell.ts';

const NO_PICTURES: ReadonlyMap<never, never> = new Map<never, never>();

/**
 * An answer that goes on, behind the conversation that it belongs to: the model takes its next step
 * after the results of its tools, or goes on with the words that broke off.
 *
 * Thoughts stay with the answer wherever its next step may be taken by the model that had them, a
 * router's choice included: in the midst of its tools a model that thinks wants its thoughts back.
 *
 * @param models - Ids of the model that is asked, and of those it falls back to.
 */
export function answerMessages(answer: AnswerSoFar, models: readonly string[]): ChatMessage[] {
  const messages = tellAnswer(answer, {
    isReadable: ({ step }) => canReadThoughts(step?.model ?? null, models, true),
    pictures: NO_PICTURES,
  });
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || typeof last.content !== 'string') return messages;
  // Models refuse to go on with words that end in white space.
  const words = last.content.trimEnd();
  const before = messages.slice(0, -1);
  return words === '' ? before : [...before, { ...last, content: words }];
}

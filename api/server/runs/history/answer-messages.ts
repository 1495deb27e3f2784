import type { ChatMessage } from '@openrouter-native/protocol';
import { canReadThoughts } from './family.ts';
import type { AnswerSoFar } from './steps.ts';
import { tellAnswer } from './tell.ts';

const NO_PICTURES: ReadonlyMap<never, never> = new Map<never, never>();

/**
 * Asks for the rest of an answer. To end with the words themselves, and have the model go on with
 * them, works with few: newer models of Anthropic refuse it, all of them do while they think, and
 * others answer anew.
 */
const GO_ON: ChatMessage = {
  role: 'user',
  content:
    'Your message above broke off. Go on exactly where it ended: begin with its next character, repeat nothing of it, and say nothing about the interruption.',
};

/**
 * An answer that goes on, behind the conversation that it belongs to: the model takes its next step
 * after the results of its tools, or is asked for the rest of the words that broke off.
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
  return messages.at(-1)?.role === 'assistant' ? [...messages, GO_ON] : messages;
}

import type { Model } from '@openrouter-native/protocol';
import type { Turn } from './messages.ts';
import { anthropicError, providerRefusal } from './provider-refusal.ts';

/** An answer that has begun, and is to go on. */
export interface Continuation {
  /** The conversation that it was given in. */
  readonly asked: readonly Turn[];
  /** Its text so far; empty for a new answer. */
  readonly begun: string;
}

/** How people, and programs, ask for the rest of an answer. */
const GO_ON = /\b(?:go on|continue)\b/i;
const BROKEN_OFF = /\b(?:broke off|broken off|cut off|cut short|interrupted|left off|stopped)\b/i;

/** Reads what is asked: to go on with the words at the end, to go on where it broke off, or anything else. */
export function findContinuation(turns: readonly Turn[]): Continuation {
  const last = turns.at(-1);
  if (last && isBegun(last)) return { asked: turns.slice(0, -1), begun: last.text };
  const before = turns.at(-2);
  const isWish = last?.role === 'user' && GO_ON.test(last.text) && BROKEN_OFF.test(last.text);
  if (isWish && before && isBegun(before)) return { asked: turns.slice(0, -2), begun: before.text };
  return { asked: turns, begun: '' };
}

/** What is left of a text that has begun; all of it, when it began otherwise. */
export function restOf(text: string, begun: string): string {
  const known = text.startsWith(begun) ? begun : begun.trimEnd();
  return text.startsWith(known) ? text.slice(known.length) : text;
}

/** From this version on, Claude goes on with no words that were put into its mouth. */
const LAST_WORDS_REFUSED_SINCE = 4.6;

/**
 * @param isThinking - Claude of any version goes on with nothing that it did not think about.
 * @throws ApiError 400 in Anthropic's words, for a conversation that ends with words of Claude.
 */
export function requireTurnOf(
  turns: readonly Turn[],
  model: Model,
  isThinking: boolean,
  providerName: string,
): void {
  const last = turns.at(-1);
  const [, version] = /^~?anthropic\/claude-[a-z]+-(\d+(?:\.\d+)?)/.exec(model.id) ?? [];
  if (version === undefined || !last || !isBegun(last)) return;
  if (Number(version) >= LAST_WORDS_REFUSED_SINCE) {
    const words =
      'This model does not support assistant message prefill. The conversation must end with a user message.';
    throw providerRefusal(providerName, anthropicError(words));
  }
  if (!isThinking) return;
  const place = `messages.${turns.filter(({ role }) => role !== 'system').length - 1}.content.0.type`;
  throw providerRefusal(
    providerName,
    anthropicError(`${place}: Expected \`thinking\` or \`redacted_thinking\`, but found \`text\`.`),
  );
}

function isBegun({ role, text, toolCalls }: Turn): boolean {
  return role === 'assistant' && text.trim() !== '' && toolCalls.length === 0;
}

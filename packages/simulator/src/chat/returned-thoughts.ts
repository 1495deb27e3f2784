import type { Model } from '@openrouter-native/protocol';
import { authorOf } from '../catalogue/catalogue.ts';
import type { ApiError } from '../errors.ts';
import { reasoningStyle, type ReasoningStyle } from '../generate/reasoning.ts';
import type { JsonObject } from '../json.ts';
import type { Turn } from './messages.ts';
import { anthropicError, providerRefusal } from './provider-refusal.ts';
import { addThought, isEncryptedThought, matchesCallId, noThoughts, signThought } from './seal.ts';

/** What is wrong with thoughts that were sent back. */
type Problem = 'changed' | 'unsigned' | 'reordered' | 'missing';

/**
 * Refuses a conversation in which thoughts of this model's maker came back other than they were made.
 * Within the round of tools that is going on they must be complete, and where the maker demands it,
 * they must be there; in earlier turns they may be left out. Thoughts of other makers are not read.
 *
 * @param isThinking - The model is to think about its next step as well.
 * @throws ApiError 400 in the words of the maker.
 */
export function requireUnchangedThoughts(
  turns: readonly Turn[],
  model: Model,
  isThinking: boolean,
  providerName: string,
): void {
  const style = reasoningStyle(model);
  if (!style.isSigned && !style.isEncrypted) return;
  const family = authorOf(model);
  const spoken = turns.filter(({ role }) => role !== 'system' && role !== 'developer');
  const lastQuestion = spoken.findLastIndex(({ role }) => role === 'user');
  const refuse = (problem: Problem, message: number, block = 0) => {
    throw toRefusal(family, providerName, problem, `messages.${message}.content.${block}`);
  };

  for (const [at, turn] of spoken.entries()) {
    const details = turn.reasoningDetails.filter(({ format }) => format === style.format);
    let chain = noThoughts;
    for (const [block, detail] of details.entries()) {
      const problem = judge(detail, style, family, chain);
      if (problem) refuse(problem, at, block);
      chain = addThought(chain, textOf(detail['type']), contentOf(detail));
    }
    if (at <= lastQuestion) continue;
    const isComplete = turn.toolCalls.every(({ id }) => matchesCallId(id, family, chain) !== false);
    if (isComplete) continue;
    if (details.length > 0) refuse('reordered', at);
    else if (style.isDemanded && isThinking) refuse('missing', at);
  }
}

function judge(
  detail: JsonObject,
  { isSigned }: ReasoningStyle,
  family: string,
  chain: string,
): Problem | null {
  if (detail['type'] === 'reasoning.encrypted') {
    return isEncryptedThought(family, chain, contentOf(detail)) ? null : 'changed';
  }
  if (!isSigned) return null; // The encrypted block behind it holds for it.
  const { signature } = detail;
  if (typeof signature !== 'string' || signature === '') return 'unsigned';
  return signature === signThought(family, chain, contentOf(detail)) ? null : 'changed';
}

function contentOf(detail: JsonObject): string {
  return textOf(detail['text'] ?? detail['summary'] ?? detail['data']);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What each maker says; those that are not here say no more than the last one. */
const WORDS: Readonly<Record<string, Readonly<Record<Problem, string>>>> = {
  anthropic: {
    changed: 'Invalid `signature` in `thinking` block',
    unsigned: 'thinking.signature: Field required',
    reordered:
      '`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
    missing:
      'Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.',
  },
  google: {
    changed: 'Thought signature is not valid',
    unsigned: 'Thought signature is not valid',
    reordered: 'Thought signature is not valid',
    missing: 'Function call is missing a thought_signature in functionCall parts.',
  },
};
const OTHER_WORDS = 'The encrypted content of a reasoning item could not be verified.';

function toRefusal(
  family: string,
  providerName: string,
  problem: Problem,
  place: string,
): ApiError {
  const words = WORDS[family]?.[problem];
  const message = family === 'anthropic' ? `${place}: ${words}` : (words ?? OTHER_WORDS);
  const raw = family === 'anthropic' ? anthropicError(message) : { error: { message, code: 400 } };
  return providerRefusal(providerName, raw);
}

import type { ChatMessage } from '@openrouter-native/protocol';
import type { RequestPart } from '../files/files.ts';

/**
 * Shows the model an agent's files with the first question of a conversation, behind its words and
 * before the files of the question itself: at the same place in every request, so that caches hold.
 */
export function withFirstFiles(
  history: readonly ChatMessage[],
  parts: readonly RequestPart[],
): ChatMessage[] {
  const index = history.findIndex(({ role }) => role === 'user');
  const question = history[index];
  if (parts.length === 0 || question?.role !== 'user') return [...history];
  const content: readonly RequestPart[] =
    typeof question.content === 'string'
      ? [{ type: 'text', text: question.content }]
      : question.content;
  const words = content.filter(({ type }) => type === 'text');
  const others = content.filter(({ type }) => type !== 'text');
  return history.with(index, { ...question, content: [...words, ...parts, ...others] });
}

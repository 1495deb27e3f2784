import type { ContentPart } from '@openrouter-native/protocol';
import type { StoredMessage } from '../database/schema.ts';

/**
 * Shows the model an agent's files with the first question of a conversation, behind its words and
 * before the files of the question itself: at the same place in every request, so that caches hold.
 */
export function withFirstFiles(
  branch: readonly StoredMessage[],
  files: readonly ContentPart[],
): StoredMessage[] {
  const [first, ...others] = branch;
  if (!first || files.length === 0) return [...branch];
  const words = first.content.filter(({ type }) => type === 'text');
  const own = first.content.filter(({ type }) => type !== 'text');
  return [{ ...first, content: [...words, ...files, ...own] }, ...others];
}

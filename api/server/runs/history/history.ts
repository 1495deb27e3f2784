import type { ChatMessage, ContentPart, FileReference } from '@openrouter-native/protocol';
import type { StoredMessage } from '../../database/schema.ts';
import type { RequestPart } from '../../files/files.ts';
import { canReadThoughts } from './family.ts';
import { tellAnswer } from './tell.ts';

export interface HistoryOptions {
  /** Ids of the model that is asked, and of those it falls back to. */
  models: readonly string[];
  /** The model draws; it is given the pictures that were made for it to change. */
  draws: boolean;
  /** Files of the conversation, oldest first, as the model gets them. */
  toRequestParts: (references: readonly FileReference[]) => Promise<readonly RequestPart[]>;
}

/**
 * A conversation as the model gets it: the messages of one branch, the oldest first.
 *
 * Thoughts go back as they are stored, and only to models of the maker that signed them; with a
 * router, which may ask any model, those of earlier answers stay away.
 *
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning-blocks
 */
export async function toHistory(
  branch: readonly StoredMessage[],
  { models, draws, toRequestParts }: HistoryOptions,
): Promise<ChatMessage[]> {
  const references = branch.flatMap(({ content, isCreatedByUser }) =>
    content.flatMap((part) => (isCreatedByUser || draws ? fileOf(part) : [])),
  );
  const parts = references.length > 0 ? await toRequestParts(references) : [];
  const files = new Map(
    references.flatMap((reference, index) => {
      const part = parts[index];
      return part ? [[reference, part] as const] : [];
    }),
  );
  return branch.flatMap((message) =>
    message.isCreatedByUser
      ? toQuestion(message.content, files)
      : tellAnswer(message, {
          isReadable: ({ step }) => canReadThoughts(step?.model ?? null, models, false),
          pictures: files,
        }),
  );
}

/** The words first, then the files: models answer better to files that a question announced. */
function toQuestion(
  content: readonly ContentPart[],
  files: ReadonlyMap<FileReference, RequestPart>,
): ChatMessage[] {
  const text = content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
  const parts = content.flatMap((part) => fileOf(part).flatMap((file) => files.get(file) ?? []));
  if (parts.length === 0) return text === '' ? [] : [{ role: 'user', content: text }];
  const words = text === '' ? [] : [{ type: 'text', text }];
  return [{ role: 'user', content: [...words, ...parts] }];
}

function fileOf(part: ContentPart): FileReference[] {
  if (part.type === 'image_file') return [part.image_file];
  return part.type === 'file' ? [part.file] : [];
}

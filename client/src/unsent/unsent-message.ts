import { fileReferenceSchema } from '@openrouter-native/protocol';
import type { Draft } from '@openrouter-native/react';
import { z } from 'zod';
import type { UnsentWork } from './unsent-work.ts';

/** The conversation that has not begun. */
const NEW_MESSAGE = 'message:new';

/** Under which name a message is kept while it is written. @param conversationId - `null` = a new one */
export function messageName(conversationId: string | null): string {
  return conversationId === null ? NEW_MESSAGE : `message:${conversationId}`;
}

const messageSchema = z.object({ text: z.string(), files: z.array(fileReferenceSchema) });

/** What was being written; empty for nothing. */
export function unsentMessage(work: Pick<UnsentWork, 'get'>, name: string): Draft {
  const { data } = messageSchema.safeParse(work.get(name));
  return data ?? { text: '', files: [] };
}

/** Keeps what is being written; a message that is empty is forgotten. */
export function keepMessage(work: Pick<UnsentWork, 'put'>, name: string, message: Draft): void {
  const isEmpty = message.text === '' && message.files.length === 0;
  work.put(name, isEmpty ? null : message);
}

/** The conversation has begun, and what was written since belongs to it. */
export function moveNewMessage(
  work: Pick<UnsentWork, 'get' | 'put'>,
  conversationId: string,
): void {
  keepMessage(work, messageName(conversationId), unsentMessage(work, NEW_MESSAGE));
  work.put(NEW_MESSAGE, null);
}

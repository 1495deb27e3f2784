import type { ContentPart, FileReference } from '@openrouter-native/protocol';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';
import type { Answerer } from './answerer.ts';

/** What a person asks. */
export interface NewQuestion {
  id: string;
  userId: string;
  conversationId: string;
  /** `null` begins a branch. */
  parentId: string | null;
  endpoint: StoredConversation['endpoint'];
  text: string;
  files: readonly FileReference[];
  createdAt: Date;
}

/** A question as it is stored: the words, then the files. */
export function aQuestion({ text, files, ...question }: NewQuestion): StoredMessage {
  return {
    ...nothingYet,
    ...question,
    isCreatedByUser: true,
    sender: 'User',
    text,
    content: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...files.map(toPart)],
    model: null,
    agentId: null,
    updatedAt: question.createdAt,
  };
}

/** An answer before its first word. */
export function anAnswer(
  id: string,
  question: StoredMessage,
  { endpoint, agentId, name, run }: Answerer,
  createdAt: Date,
): StoredMessage {
  return {
    ...nothingYet,
    id,
    userId: question.userId,
    conversationId: question.conversationId,
    parentId: question.id,
    isCreatedByUser: false,
    sender: name,
    text: '',
    content: [],
    endpoint,
    model: run.model,
    agentId,
    createdAt,
    updatedAt: createdAt,
  };
}

/** How a message shows a file. */
export function toPart(file: FileReference): ContentPart {
  return file.type.startsWith('image/')
    ? { type: 'image_file', image_file: file }
    : { type: 'file', file };
}

const nothingYet = {
  ending: null,
  error: null,
  limit: null,
  steps: [],
  annotations: [],
  firstContentMs: null,
  durationMs: null,
  leaseUntil: null,
};

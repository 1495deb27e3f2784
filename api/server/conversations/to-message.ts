import {
  NO_PARENT,
  summariseRun,
  textOf,
  type ContentPart,
  type FileReference,
  type Message,
  type RunStep,
} from '@openrouter-native/protocol';
import type { StoredMessage, StoredStep } from '../database/schema.ts';

/**
 * A stored message as the page gets it. `reasoning_details` stay here: only the model reads them again.
 *
 * @param files - The attachments of a question. @defaultValue those that its content shows
 */
export function toMessage(
  stored: StoredMessage,
  files: readonly FileReference[] = filesIn(stored.content),
): Message {
  const message: Message = {
    messageId: stored.id,
    conversationId: stored.conversationId,
    parentMessageId: stored.parentId ?? NO_PARENT,
    isCreatedByUser: stored.isCreatedByUser,
    sender: stored.sender,
    text: textOf(stored.content),
    content: stored.content,
    endpoint: stored.endpoint,
    model: stored.model,
    ...(stored.agentId !== null && { agent_id: stored.agentId }),
    ending: null,
    unfinished: false,
    error: false,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
  };
  if (stored.isCreatedByUser) return { ...message, ...(files.length > 0 && { files: [...files] }) };

  const { content, annotations, ending, error, limit } = stored;
  const steps = stored.steps.map(withoutDetails);
  const { finish_reason: finishReason, ...summary } = summariseRun({
    content,
    steps,
    annotations,
    ending,
    error,
    limit,
  });
  return {
    ...message,
    ...summary,
    ...(finishReason != null && { finish_reason: finishReason }), // LibreChat knows no `null` here.
    first_content_ms: stored.firstContentMs,
    duration_ms: stored.durationMs,
  };
}

function withoutDetails({ reasoning_details: _details, ...step }: StoredStep): RunStep {
  return step;
}

function filesIn(content: readonly ContentPart[]): FileReference[] {
  return content.flatMap((part) => {
    if (part.type === 'image_file') return [part.image_file];
    return part.type === 'file' ? [part.file] : [];
  });
}

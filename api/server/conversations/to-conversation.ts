import type { Conversation } from '@openrouter-native/protocol';
import type { ListedConversation } from '../database/conversations.ts';
import type { StoredConversation } from '../database/schema.ts';

/** A stored conversation as the page gets it; one of a list comes without its settings. */
export function toConversation(stored: StoredConversation | ListedConversation): Conversation {
  return {
    ...('settings' in stored && stored.settings),
    conversationId: stored.id,
    title: stored.title,
    endpoint: stored.endpoint,
    model: stored.model,
    ...(stored.agentId !== null && { agent_id: stored.agentId }),
    isArchived: stored.archivedAt !== null,
    archivedAt: stored.archivedAt?.toISOString() ?? null,
    user: stored.userId,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.updatedAt.toISOString(),
  };
}

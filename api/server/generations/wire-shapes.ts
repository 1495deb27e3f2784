import type { Conversation, Message } from '@openrouter-native/protocol';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';

/** How rows look on the wire. */
export interface WireShapes {
  message: (message: StoredMessage) => Message;
  conversation: (conversation: StoredConversation) => Conversation;
}

import type { Conversation, Message } from '@openrouter-native/protocol';
import { createThread, type ChatsApi, type Thread } from '@openrouter-native/react';

/** The conversations that this page holds open. */
export interface Threads {
  /** The one conversation that has not begun yet. Once it begins, the next call gives another. */
  fresh: () => Thread;
  open: (conversationId: string) => Thread;
  /** A deleted conversation is not held any longer. */
  forget: (conversationId: string) => void;
  close: () => void;
}

export interface ThreadsOptions {
  api: ChatsApi;
  onConversation: (conversation: Conversation) => void;
  /** The one that had not begun has; comes before `onConversation`. */
  onBegin: (conversation: Conversation) => void;
  onAnswerEnd: (message: Message) => void;
}

/** So that going back and forth between a few conversations reads none of them anew. */
const MAX_OPEN = 5;

/** Keeps the latest conversations open, so that their answers go on while another page is looked at. */
export function createThreads({
  api,
  onConversation,
  onBegin,
  onAnswerEnd,
}: ThreadsOptions): Threads {
  /** By conversation, the longest unused first. */
  const open = new Map<string, Thread>();
  let fresh: Thread | null = null;

  function create(conversationId: string | null): Thread {
    const thread = createThread({
      api,
      conversationId,
      onAnswerEnd,
      onConversation(conversation) {
        if (thread === fresh) {
          fresh = null;
          keep(conversation.conversationId, thread);
          onBegin(conversation);
        }
        onConversation(conversation);
      },
    });
    return thread;
  }

  function keep(conversationId: string, thread: Thread): void {
    open.delete(conversationId);
    open.set(conversationId, thread);
    for (const [id, oldest] of open) {
      if (open.size <= MAX_OPEN) return;
      oldest.close();
      open.delete(id);
    }
  }

  return {
    fresh: () => (fresh ??= create(null)),
    open(conversationId) {
      const thread = open.get(conversationId) ?? create(conversationId);
      keep(conversationId, thread);
      return thread;
    },
    forget(conversationId) {
      open.get(conversationId)?.close();
      open.delete(conversationId);
    },
    close() {
      for (const thread of open.values()) thread.close();
      open.clear();
      fresh?.close();
      fresh = null;
    },
  };
}

import { createThread, type ChatsApi, type Thread } from '@openrouter-native/react';

/** A conversation with an agent that nobody wants to keep, and the next one after it. */
export interface TestChat {
  /** The same until `restart` or `close`. */
  thread: () => Thread;
  subscribe: (listener: () => void) => () => void;
  /** Forgets what was said. */
  restart: () => void;
  /** Ends the answer that is being given, and has the server forget the conversation. */
  close: () => void;
}

export interface TestChatOptions {
  api: ChatsApi;
  onAnswerEnd: () => void;
}

/**
 * Conversations that stay out of the list of conversations: each is archived as soon as it exists and
 * deleted when it is left. Where the page is gone too early for that, it is found in the archive.
 */
export function createTestChat(options: TestChatOptions): TestChat {
  const listeners = new Set<() => void>();
  let current: ReturnType<typeof begin> | null = null;

  function leave(): void {
    current?.close();
    current = null;
  }

  return {
    thread: () => (current ??= begin(options)).thread,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restart() {
      leave();
      for (const listener of listeners) listener();
    },
    close: leave,
  };
}

function begin({ api, onAnswerEnd }: TestChatOptions) {
  const conversationIds = new Set<string>();
  let isClosed = false;

  // Failures leave the conversation where it is, which does no harm.
  const forget = (id: string) => void api.deleteConversation(id).catch(() => undefined);
  const putAway = (id: string) => void api.setArchived(id, true).catch(() => undefined);

  const thread = createThread({
    api: {
      ...api,
      async start(request) {
        const started = await api.start(request);
        const { conversationId: id } = started;
        if (isClosed) forget(id);
        else if (!conversationIds.has(id)) putAway(id);
        conversationIds.add(id);
        return started;
      },
    },
    conversationId: null,
    onAnswerEnd,
  });
  return {
    thread,
    close() {
      isClosed = true;
      thread.close();
      for (const id of conversationIds) forget(id);
    },
  };
}

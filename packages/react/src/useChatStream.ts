import { useCallback, useSyncExternalStore } from 'react';
import type { ChatSession, ChatSnapshot } from './chat/session.ts';
import { useChatSession } from './useChatSession.ts';

/** Which conversation, and whom to ask next. */
export interface ChatStreamOptions {
  /** The model that the next `send` or `retry` asks; `null` when none is chosen yet. */
  model: string | null;
  /** A conversation that outlives this component. @defaultValue one of its own */
  session?: ChatSession;
}

/** The conversation and what can be done with it. The functions keep their identity. */
export interface ChatStream extends ChatSnapshot {
  /** Does nothing without a model, with blank text, or while an answer is under way. */
  send: (text: string) => void;
  stop: () => void;
  /** Replaces the last answer by a new one, from the model chosen now. */
  retry: () => void;
  clear: () => void;
}

/** Watches a conversation; re-renders at most once per frame while an answer arrives. */
export function useChatStream({ model, session }: ChatStreamOptions): ChatStream {
  const ownSession = useChatSession();
  const chat = session ?? ownSession;
  const { messages, status } = useSyncExternalStore(
    chat.subscribe,
    chat.getSnapshot,
    chat.getSnapshot,
  );
  const send = useCallback(
    (text: string) => {
      if (model !== null) chat.send(text, model);
    },
    [chat, model],
  );
  const retry = useCallback(() => {
    if (model !== null) chat.retry(model);
  }, [chat, model]);
  return { messages, status, send, retry, stop: chat.stop, clear: chat.clear };
}

import { queryKeys, useChatsApi, type Thread } from '@openrouter-native/react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createTestChat } from './test-chat.ts';

/** A test conversation, and the way to begin another one. */
export interface TestChatState {
  thread: Thread;
  restart: () => void;
}

/** A conversation that lives as long as the component that uses it. */
export function useTestChat(): TestChatState {
  const api = useChatsApi();
  const queryClient = useQueryClient();
  const [chat] = useState(() =>
    createTestChat({
      api,
      onAnswerEnd: () => void queryClient.invalidateQueries({ queryKey: queryKeys.credits }),
    }),
  );
  const thread = useSyncExternalStore(chat.subscribe, chat.thread);
  useEffect(() => chat.close, [chat]);
  return { thread, restart: chat.restart };
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createChatSession, type ChatSession } from './chat/session.ts';
import { useOpenRouterApi } from './OpenRouterProvider.tsx';
import { queryKeys } from './query-keys.ts';

/**
 * A conversation that lives as long as the calling component, which it never re-renders. Put it above
 * the router to keep an answer running while its reader looks at another page.
 */
export function useChatSession(): ChatSession {
  const api = useOpenRouterApi();
  const queryClient = useQueryClient();
  const [session] = useState(() =>
    createChatSession({
      api,
      onAnswerEnd: () => void queryClient.invalidateQueries({ queryKey: queryKeys.credits }),
    }),
  );
  useEffect(() => () => session.stop(), [session]);
  return session;
}

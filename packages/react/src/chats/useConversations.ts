import type { Conversation, ConversationList } from '@openrouter-native/protocol';
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { toApiError, type OpenRouterApiError } from '../api/error.ts';
import { queryKeys } from '../query-keys.ts';
import type { ConversationQuery } from './api.ts';
import { useChatsApi } from './ChatsProvider.tsx';

/** A list of conversations, newest first, that grows as its reader goes down. */
export interface ConversationPages {
  /** `undefined` until the first page is there. */
  conversations: readonly Conversation[] | undefined;
  error: OpenRouterApiError | null;
  isFetching: boolean;
  hasMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

type ListQuery = Pick<ConversationQuery, 'search' | 'isArchived'>;

/** Pages of conversations, read as they are asked for. */
export function useConversations({
  search = '',
  isArchived = false,
}: ListQuery): ConversationPages {
  const api = useChatsApi();
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: listKey({ search, isArchived }),
    queryFn: ({ pageParam, signal }) =>
      api.listConversations({ search, isArchived, cursor: pageParam ?? null }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ConversationList) => page.nextCursor ?? undefined,
    retry: false,
  });
  const conversations = useMemo(
    () => data && uniqueById(data.pages.flatMap((page) => page.conversations)),
    [data],
  );
  return {
    conversations,
    error: error ? toApiError(error) : null,
    isFetching,
    hasMore: hasNextPage ?? false,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    reload: useCallback(() => void refetch(), [refetch]),
  };
}

/** What can be done with a conversation from a list. Each rejects with `OpenRouterApiError`. */
export interface ConversationActions {
  rename: (id: string, title: string) => Promise<void>;
  setArchived: (id: string, isArchived: boolean) => Promise<void>;
  remove: (id: string) => Promise<void>;
}

/** Changes conversations, and the lists that show them. */
export function useConversationActions(): ConversationActions {
  const api = useChatsApi();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const invalidate = () => queryClient.invalidateQueries({ queryKey: queryKeys.conversations });
    return {
      async rename(id, title) {
        const renamed = await api.renameConversation(id, title);
        queryClient.setQueryData<ConversationCache>(listKey(), (cache) =>
          withConversation(cache, renamed),
        );
        await invalidate();
      },
      async setArchived(id, isArchived) {
        await api.setArchived(id, isArchived);
        await invalidate();
      },
      async remove(id) {
        await api.deleteConversation(id);
        await invalidate();
      },
    };
  }, [api, queryClient]);
}

/** Pages as the query cache holds them under {@link listKey}. */
export type ConversationCache = InfiniteData<ConversationList>;

/** Where a list lives in the query cache; without words it is the one that everything new goes into. */
export function listKey({ search = '', isArchived = false }: ListQuery = {}): readonly unknown[] {
  return [...queryKeys.conversations, { search, isArchived }];
}

/**
 * The cached list after something was learnt about a conversation, which goes where its latest message
 * puts it: for `queryClient.setQueryData(listKey(), …)`.
 */
export function withConversation(
  cache: ConversationCache | undefined,
  conversation: Conversation,
): ConversationCache | undefined {
  const [first, ...rest] = cache?.pages ?? [];
  if (!cache || !first || conversation.isArchived) return cache;
  const others = (page: ConversationList) =>
    page.conversations.filter((known) => known.conversationId !== conversation.conversationId);
  const head = [conversation, ...others(first)].toSorted((a, b) =>
    b.updatedAt.localeCompare(a.updatedAt),
  );
  return {
    ...cache,
    pages: [
      { ...first, conversations: head },
      ...rest.map((page) => ({ ...page, conversations: others(page) })),
    ],
  };
}

/** Between two pages a conversation can move to the top and come twice. */
function uniqueById(conversations: readonly Conversation[]): Conversation[] {
  return [...new Map(conversations.map((each) => [each.conversationId, each])).values()];
}

import {
  createAgentsApi,
  createChatsApi,
  createKeysApi,
  createFilesApi,
  createOpenRouterApi,
  createPreferencesApi,
  createTokensApi,
  listKey,
  queryKeys,
  withConversation,
  type AgentsApi,
  type ChatsApi,
  type ConversationCache,
  type KeysApi,
  type FilesApi,
  type OpenRouterApi,
  type PreferencesApi,
  type TokensApi,
} from '@openrouter-native/react';
import { hashKey, QueryClient } from '@tanstack/react-query';
import { createThreads, type Threads } from './chats/threads.ts';
import { createUnsentSettings, type UnsentSettings } from './chats/unsent-settings.ts';
import { createHistoryGate, type HistoryGate } from './history-gate.ts';
import { createHostApi, type HostApi } from './host/host-api.ts';
import { hostKeys } from './host/query-keys.ts';
import type { LanguageStore } from './i18n/language-store.ts';
import { createSessionStore, type SessionStore } from './session/session-store.ts';
import { createDefaultPreset, type DefaultPreset } from './settings/default-preset.ts';
import { createThemeStore, type ThemeStore } from './theme/theme.ts';
import { moveNewMessage } from './unsent/unsent-message.ts';
import { createUnsentWork, type UnsentWork } from './unsent/unsent-work.ts';

/** Everything a page talks to, made once when the page loads. */
export interface Services {
  session: SessionStore;
  theme: ThemeStore;
  language: LanguageStore;
  host: HostApi;
  openrouter: OpenRouterApi;
  chats: ChatsApi;
  files: FilesApi;
  agents: AgentsApi;
  preferences: PreferencesApi;
  keys: KeysApi;
  tokens: TokensApi;
  /** Open conversations: their answers go on while their reader looks at another page. */
  threads: Threads;
  /** What is changed for next answers and was not asked with yet. */
  unsentSettings: UnsentSettings;
  /** Messages and agents that are being written. */
  unsentWork: UnsentWork;
  defaultPreset: DefaultPreset;
  historyGate: HistoryGate;
  queryClient: QueryClient;
}

/** @param origin - Empty for the page's own origin. */
export function createServices(
  origin: string,
  language: LanguageStore,
  fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): Services {
  const baseUrl = `${origin}/api`;
  const session = createSessionStore({
    baseUrl,
    fetch,
    storage: localStorage,
    exclusively,
  });
  const http = { baseUrl, getToken: session.getToken, fetch: session.fetch };
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const chats = createChatsApi(http);
  const unsentSettings = createUnsentSettings(sessionStorage);
  const unsentWork = createUnsentWork(sessionStorage);
  window.addEventListener('pagehide', unsentWork.flush);
  const threads = createThreads({
    api: chats,
    onBegin(conversation) {
      unsentSettings.begin(conversation);
      moveNewMessage(unsentWork, conversation.conversationId);
    },
    onConversation(conversation) {
      unsentSettings.settle(conversation);
      queryClient.setQueryData<ConversationCache>(listKey(), (cache) =>
        withConversation(cache, conversation),
      );
    },
    onAnswerEnd() {
      for (const queryKey of [queryKeys.credits, queryKeys.recentModels]) {
        void queryClient.invalidateQueries({ queryKey });
      }
    },
  });
  let userId: string | null = null;
  session.subscribe(() => {
    const state = session.getState();
    const next = state.status === 'signed-in' ? state.user.id : null;
    // The first account ends the setup.
    if (next !== null) void queryClient.invalidateQueries({ queryKey: hostKeys.config });
    // What one person saw is not for the next one, who may have signed in at another tab.
    if (next === null || (userId !== null && userId !== next)) {
      threads.close();
      unsentSettings.clear();
      unsentWork.close();
      queryClient.removeQueries({
        predicate: ({ queryHash }) => queryHash !== hashKey(hostKeys.config),
      });
    }
    userId = next;
    if (next !== null) unsentWork.openFor(next);
  });
  return {
    session,
    theme: createThemeStore(localStorage, document.documentElement),
    language,
    host: createHostApi(http),
    openrouter: createOpenRouterApi({ ...http, baseUrl: `${baseUrl}/openrouter` }),
    chats,
    files: createFilesApi(http),
    agents: createAgentsApi(http),
    preferences: createPreferencesApi(http),
    keys: createKeysApi(http),
    tokens: createTokensApi(http),
    threads,
    unsentSettings,
    unsentWork,
    defaultPreset: createDefaultPreset(localStorage),
    historyGate: createHistoryGate(window),
    queryClient,
  };
}

/** The lock is missing on plain http; there two tabs may renew at once, and one of them signs in anew. */
async function exclusively<T>(task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task();
  return navigator.locks.request('openrouter-native:renew', task);
}

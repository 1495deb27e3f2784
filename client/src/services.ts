import {
  createAgentsApi,
  createChatsApi,
  createKeysApi,
  createFilesApi,
  createOpenRouterApi,
  createPreferencesApi,
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
  /** Open conversations: their answers go on while their reader looks at another page. */
  threads: Threads;
  /** What is changed for next answers and was not asked with yet. */
  unsentSettings: UnsentSettings;
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
  const threads = createThreads({
    api: chats,
    onBegin: unsentSettings.begin,
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
  session.subscribe(() => {
    forgetOthers(queryClient, threads, session);
    if (session.getState().status === 'signed-out') unsentSettings.clear();
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
    threads,
    unsentSettings,
    defaultPreset: createDefaultPreset(localStorage),
    historyGate: createHistoryGate(window),
    queryClient,
  };
}

/** The first account ends the setup; and what one person saw is not for the next one. */
function forgetOthers(queryClient: QueryClient, threads: Threads, session: SessionStore): void {
  const { status } = session.getState();
  if (status === 'signed-in') void queryClient.invalidateQueries({ queryKey: hostKeys.config });
  if (status === 'signed-out') {
    threads.close();
    queryClient.removeQueries({
      predicate: ({ queryHash }) => queryHash !== hashKey(hostKeys.config),
    });
  }
}

/** The lock is missing on plain http; there two tabs may renew at once, and one of them signs in anew. */
async function exclusively<T>(task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task();
  return navigator.locks.request('openrouter-native:renew', task);
}

export { AgentsProvider, useAgentsApi } from './agents/AgentsProvider.tsx';
export { createAgentsApi, type AgentQuery, type AgentsApi } from './agents/api.ts';
export {
  agentFieldNames,
  differingFields,
  emptyDraft,
  readDraft,
  toDraft,
  type AgentDraft,
  type AgentField,
  type DraftProblem,
  type DraftProblems,
} from './agents/draft.ts';
export {
  createAgentForm,
  type AgentForm,
  type AgentFormOptions,
  type AgentFormSnapshot,
} from './agents/form.ts';
export { useAgent, useAgentTools, useAgentVersions, type AgentRead } from './agents/useAgent.ts';
export { useAgentActions, type AgentActions } from './agents/useAgentActions.ts';
export { useAgentForm, type AgentFormState } from './agents/useAgentForm.ts';
export { useAgents, type AgentPages } from './agents/useAgents.ts';
export {
  createOpenRouterApi,
  type ModelList,
  type OpenRouterApi,
  type ReadOptions,
} from './api/api.ts';
export { isOpenRouterApiError, OpenRouterApiError, toApiError } from './api/error.ts';
export { createHttp, readJson, type Http, type HttpOptions, type JsonReader } from './api/http.ts';
export type { AssistantMessage, Message, UserMessage } from './chat/message.ts';
export {
  createChatSession,
  type ChatSession,
  type ChatSessionOptions,
  type ChatSnapshot,
  type ChatStatus,
} from './chat/session.ts';
export {
  createChatsApi,
  type ChatsApi,
  type ConversationQuery,
  type FollowedEvent,
} from './chats/api.ts';
export { visibleBranch, type BranchMessage } from './chats/branch.ts';
export { ChatsProvider, useChatsApi } from './chats/ChatsProvider.tsx';
export {
  createThread,
  type AnswerSettings,
  type Draft,
  type Thread,
  type ThreadOptions,
  type ThreadSnapshot,
  type ThreadStatus,
} from './chats/thread.ts';
export {
  listKey,
  useConversationActions,
  useConversations,
  withConversation,
  type ConversationCache,
  type ConversationActions,
  type ConversationPages,
} from './chats/useConversations.ts';
export { useThread, useThreadConversation } from './chats/useThread.ts';
export { createFilesApi, type FilesApi, type UploadOptions } from './files/api.ts';
export { FilesProvider, useFilesApi } from './files/FilesProvider.tsx';
export { createUploads, type Attachment, type Uploads } from './files/uploads.ts';
export { useFileContent, type FileContent } from './files/useFileContent.ts';
export { useFileList, type FileList } from './files/useFileList.ts';
export { useUploads } from './files/useUploads.ts';
export { createKeysApi, type KeysApi } from './keys/api.ts';
export { KeysProvider, useKeysApi } from './keys/KeysProvider.tsx';
export { useUserKey, type UserKeyState } from './keys/useUserKey.ts';
export { OpenRouterProvider, useOpenRouterApi } from './OpenRouterProvider.tsx';
export { createPreferencesApi, type PreferencesApi } from './preferences/api.ts';
export { PreferencesProvider, usePreferencesApi } from './preferences/PreferencesProvider.tsx';
export {
  useFavoriteModels,
  useRecentModels,
  type FavoriteModels,
} from './preferences/useFavorites.ts';
export { usePresets, type PresetActions, type Presets } from './preferences/usePresets.ts';
export { queryKeys } from './query-keys.ts';
export { createTokensApi, type TokensApi } from './tokens/api.ts';
export { TokensProvider, useTokensApi } from './tokens/TokensProvider.tsx';
export {
  useAllAppTokens,
  useAppTokens,
  type AppTokenList,
  type AppTokens,
} from './tokens/useAppTokens.ts';
export { useChatSession } from './useChatSession.ts';
export { useChatStream, type ChatStream, type ChatStreamOptions } from './useChatStream.ts';
export { useCredits } from './useCredits.ts';
export { useModelEndpoints } from './useModelEndpoints.ts';
export { useModels } from './useModels.ts';
export type { ReadResult } from './useRead.ts';
export { useZeroRetention } from './useZeroRetention.ts';

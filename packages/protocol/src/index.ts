export {
  chatMessageSchema,
  chatRequestSchema,
  type ChatMessage,
  type ChatRequest,
} from './api/chat.ts';
export { creditsSchema, type Credits } from './api/credits.ts';
export {
  doctorCheckSchema,
  doctorEventSchema,
  doctorReportSchema,
  doctorTickSchema,
  type DoctorCause,
  type DoctorCheck,
  type DoctorEvent,
  type DoctorKind,
  type DoctorReport,
  type DoctorStatus,
  type DoctorTick,
} from './api/doctor.ts';
export { modelEndpointsSchema, type ModelEndpoints } from './api/endpoints.ts';
export {
  createErrorBody,
  errorBodySchema,
  type ErrorBody,
  type ErrorDetails,
} from './api/error.ts';
export { healthSchema, providerModes, type Health, type ProviderMode } from './api/health.ts';
export { modelsResponseSchema, type ModelsResponse } from './api/models.ts';
export { traceSchema, tracedAttemptSchema, type Trace, type TracedAttempt } from './api/trace.ts';
export { endings, isContent, type ChatEvent, type Ending } from './chat/events.ts';
export { parseChunk, TERMINATOR } from './chat/parse.ts';
export { mergeReasoningDetails } from './chat/reasoning-details.ts';
export {
  emptyAnswer,
  endingOf,
  errorOfChoice,
  reduceChunk,
  reduceTerminator,
  type AnswerState,
} from './chat/reduce.ts';
export {
  closeToolCalls,
  openToolCalls,
  reduceToolCalls,
  type ToolCallEvent,
  type ToolCallsState,
} from './chat/tool-calls/assemble.ts';
export type { AssembledCall, ClosedCalls } from './chat/tool-calls/close.ts';
export type { ToolCallRefusal } from './chat/tool-calls/refusal.ts';
export { conform } from './conform.ts';
export { computeCost, perMillion, subtractPrices } from './cost.ts';
export { reasonMeanings } from './errors/meanings.ts';
export {
  errorReasonSchema,
  isErrorReason,
  reasonFacts,
  type ErrorReason,
  type ReasonFacts,
} from './errors/reasons.ts';
export { errorTypeOf, type ErrorType } from './errors/types.ts';
export { providerStatusSchema, type ProviderStatus } from './host/admin.ts';
export {
  agentFieldsSchema,
  agentListSchema,
  agentSchema,
  agentToolListSchema,
  agentToolSchema,
  agentVersionListSchema,
  agentVersionSchema,
  duplicatedAgentSchema,
  type Agent,
  type AgentFields,
  type AgentList,
  type AgentTool,
  type AgentVersion,
} from './host/agent.ts';
export {
  appTokenListSchema,
  appTokenSchema,
  appTokenScopes,
  createAppTokenSchema,
  createdAppTokenSchema,
  MAX_APP_TOKENS,
  ownedAppTokenListSchema,
  ownedAppTokenSchema,
  type AppToken,
  type AppTokenScope,
  type CreateAppToken,
  type CreatedAppToken,
  type OwnedAppToken,
} from './host/app-token.ts';
export { hostConfigSchema, type HostConfig } from './host/config.ts';
export {
  conversationListSchema,
  conversationSchema,
  type Conversation,
  type ConversationList,
} from './host/conversation.ts';
export { hostEndpointsSchema, type HostEndpoints } from './host/endpoints.ts';
export {
  deletedFilesSchema,
  deleteFilesSchema,
  fileConfigSchema,
  fileListSchema,
  storedFileSchema,
  uploadedFileSchema,
  type DeletedFiles,
  type FileConfig,
  type StoredFile,
  type UploadedFile,
} from './host/file.ts';
export {
  generationEventSchema,
  generationStartedSchema,
  generationStatusSchema,
  startGenerationSchema,
  type GenerationEvent,
  type GenerationStarted,
  type GenerationStatus,
  type StartGeneration,
} from './host/generation.ts';
export {
  connectErrors,
  connectSchema,
  userKeySchema,
  type ConnectError,
  type UserKey,
} from './host/key.ts';
export { messageListSchema, messageSchema, NO_PARENT, type Message } from './host/message.ts';
export {
  favoriteListSchema,
  favoriteSchema,
  presetFieldsSchema,
  presetListSchema,
  presetSchema,
  recentModelsSchema,
  type Favorite,
  type Preset,
  type PresetFields,
} from './host/preferences.ts';
export { sessionSchema, userSchema, type Session, type User } from './host/session.ts';
export {
  contextOf,
  hasPrice,
  lacksOf,
  noNeeds,
  type Lack,
  type ModelNeeds,
} from './models/needs.ts';
export { isLeaving, isRetired } from './models/retirement.ts';
export { suggestModels } from './models/suggestions.ts';
export type { RunEvent } from './run/events.ts';
export {
  contentPartSchema,
  fileReferenceSchema,
  toolCallSchema,
  type ContentPart,
  type FileReference,
  type ToolCall,
} from './run/part.ts';
export { emptyRun, reduceRun, type RunState } from './run/reduce.ts';
export { runLimitSchema, runStepSchema, type RunLimit, type RunStep } from './run/step.ts';
export { runOf, summariseRun, textOf, type RunSummary } from './run/summary.ts';
export { sumUsage } from './run/usage.ts';
export {
  createEventStreamDecoder,
  type EventStreamDecoder,
  decodeEventStream,
  SseEventTooLargeError,
  type DecodeOptions,
  type SseMessage,
} from './sse/decode.ts';
export { encodeComment, encodeEvent, SSE_HEADERS } from './sse/encode.ts';
export {
  creditsResponseSchema,
  generationResponseSchema,
  grantedKeyResponseSchema,
  keyResponseSchema,
  type AccountCredits,
  type Generation,
  type GrantedKey,
  type KeyInfo,
} from './upstream/account.ts';
export {
  chatChunkSchema,
  chatCompletionSchema,
  reasoningDetailSchema,
  usageSchema,
  type ChatChunk,
  type ChatCompletion,
  type ReasoningDetail,
  type Usage,
} from './upstream/chat.ts';
export {
  upstreamErrorBodySchema,
  upstreamErrorSchema,
  type UpstreamError,
} from './upstream/error.ts';
export {
  endpointSchema,
  endpointsResponseSchema,
  modelListSchema,
  modelSchema,
  pricingSchema,
  type Endpoint,
  type Model,
  type Pricing,
} from './upstream/model.ts';

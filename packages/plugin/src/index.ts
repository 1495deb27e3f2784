export type { AgentProvider, AgentRunOptions, AgentRunRequest } from './agent/provider.ts';
export { createErrorHandler, toErrorBody } from './middleware/error-handler.ts';
export { requestId, requestIdOf } from './middleware/request-id.ts';
export { validate } from './middleware/validate.ts';
export { jsonBody } from './middleware/json-body.ts';
export {
  createOpenRouterPlugin,
  type OpenRouterPlugin,
  type OpenRouterPluginOptions,
  type PluginCacheOptions,
} from './plugin.ts';
export type { Admission, ChatOutcome, Permit, PermitOf, Scope } from './permit.ts';
export {
  createDoctorRouter,
  type DoctorRequest,
  type DoctorRouteOptions,
} from './routes/doctor.ts';
export { createOpenApiHandler } from './routes/openapi.ts';
export { createOpenApiDocument, type OpenApiOptions } from './openapi/document.ts';
export type { OpenApiDocument } from './openapi/types.ts';
export { RequestError } from './request-error.ts';
export { createAllowedModels, type AllowedModels } from './services/allowed-models.ts';
export type { UserClients } from './users.ts';
export { abortWhenClosed } from './sse/abort-when-closed.ts';
export {
  createEventStreamWriter,
  type EventStreamWriter,
  type EventStreamWriterOptions,
} from './sse/writer.ts';

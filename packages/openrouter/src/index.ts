export { authorizationUrl, type AuthorizationRequest } from './account/authorization-url.ts';
export type { CreditsReading } from './account/credits.ts';
export type { ChatFrame } from './chat/frame.ts';
export { ChatStream } from './chat/stream.ts';
export {
  OpenRouterClient,
  type AuthCode,
  type CallOptions,
  type ChatOptions,
  type LookupOptions,
  type ModelsOptions,
  type OpenRouterClientOptions,
} from './client.ts';
export type { Cause as DoctorFindingCause } from './doctor/causes/causes.ts';
export type { Check as DoctorStep, Finding as DoctorFinding } from './doctor/check.ts';
export { closingChecks, setupChecks, upstreamChecks } from './doctor/checks/standard.ts';
export { createStreamCheck, STREAM_PATH, type StreamTarget } from './doctor/checks/stream.ts';
export type { Setting as DoctorSetting } from './doctor/context.ts';
export { examine, type ExaminationOptions, type Patient } from './doctor/examine.ts';
export { formatCheck, formatConclusion, formatHuman, type Paint } from './doctor/format/human.ts';
export { formatJson } from './doctor/format/json.ts';
export { formatMarkdown } from './doctor/format/markdown.ts';
export { paintFor } from './doctor/paint.ts';
export { isOpenRouterError, OpenRouterError, type OpenRouterErrorDetails } from './errors.ts';
export { checkKeyShape, type KeyShape } from './key-shape.ts';
export { silentLogger, type Logger } from './logger.ts';
export type { Operation } from './operation.ts';
export { scrubText } from './scrub.ts';
export {
  createTransport,
  defaultTimeouts,
  type JsonAnswer,
  type StreamAnswer,
  type Timeouts,
  type Transport,
  type TransportRequest,
} from './transport/transport.ts';
export { unwrapKey } from './unwrap-key.ts';
export { upstreamNames } from './verdict/names.ts';
export { verdictOf, type FailedExchange } from './verdict/verdict.ts';
export type { RetryOptions } from './plan/backoff.ts';
export type { CircuitOptions } from './plan/circuits.ts';
export { chooseChain, type FallbackPresets } from './plan/fallbacks.ts';
export type { PlanOptions } from './plan/options.ts';
export type { RouteHealth } from './plan/planner.ts';
export type { DirectProvider } from './plan/route.ts';

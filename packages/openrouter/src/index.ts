export type { CreditsReading } from './account/credits.ts';
export type { ChatFrame } from './chat/frame.ts';
export { ChatStream } from './chat/stream.ts';
export {
  OpenRouterClient,
  type CallOptions,
  type LookupOptions,
  type OpenRouterClientOptions,
} from './client.ts';
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
export { verdictOf, type FailedExchange } from './verdict/verdict.ts';

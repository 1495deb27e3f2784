import type { ChatMessage, ChatRequest } from '@openrouter-native/protocol';

/** Promises about providers that only OpenRouter can keep. */
const PROMISES = [
  'only',
  'ignore',
  'order',
  'zdr',
  'max_price',
  'quantizations',
  'data_collection',
  'enforce_distillable_text',
];

/** Whether a request asks for what only OpenRouter can promise or do; nobody else is given it. */
export function needsOpenRouter(request: ChatRequest): boolean {
  const { provider, plugins, tools } = request;
  return (
    PROMISES.some((name) => provider?.[name] != null) ||
    provider?.['allow_fallbacks'] === false ||
    request['preset'] != null ||
    plugins?.some(({ id, enabled }) => enabled !== false && id !== COMPRESSION) === true ||
    tools?.some(({ type }) => type.startsWith('openrouter:')) === true
  );
}

const COMPRESSION = 'context-compression'; // Without it a long conversation is refused, not changed.

/** What only OpenRouter understands; strict providers refuse it. */
const OPENROUTER_FIELDS = new Set([
  'models',
  'provider',
  'plugins',
  'transforms',
  'route',
  'preset',
  'session_id',
  'trace',
  'reasoning',
]);
const OPENROUTER_MESSAGE_FIELDS = new Set(['reasoning', 'reasoning_details']);

/** A request as any OpenAI-compatible provider understands it. */
export function toDirectRequest(request: ChatRequest, model: string): ChatRequest {
  const effort = request.reasoning?.['effort'];
  return {
    ...(without(request, OPENROUTER_FIELDS) as ChatRequest),
    model,
    messages: request.messages.map(
      (message) => without(message, OPENROUTER_MESSAGE_FIELDS) as ChatMessage,
    ),
    ...(typeof effort === 'string' && { reasoning_effort: effort }),
  };
}

function without(value: object, fields: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.has(field)));
}

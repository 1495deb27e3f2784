import { invalidField } from '../invalid.ts';
import { isObject, read, type JsonObject } from '../json.ts';
import { countTokens } from '../generate/tokens.ts';
import { findLanguage } from '../generate/code/language.ts';
import { askedModels } from '../routing/candidates.ts';
import { readPreferences, type Preferences } from '../routing/preferences.ts';
import { attachmentTokens } from './attachment.ts';
import { findContinuation, type Continuation } from './continuation.ts';
import { readTurns, type Turn } from './messages.ts';
import { readReasoning, type ReasoningRequest } from './reasoning.ts';
import { readTools, type ToolRequest } from './tools.ts';

/** The shape that the answer must have. */
export type ResponseFormat =
  { type: 'text' } | { type: 'json_object' } | { type: 'json_schema'; schema: unknown };

/** A chat request, read and checked. */
export interface ChatCall {
  readonly body: JsonObject;
  readonly modelIds: readonly string[];
  readonly turns: readonly Turn[];
  /** What the answer is an answer to, and how much of it there is. */
  readonly continuation: Continuation;
  readonly stream: boolean;
  /** The answer's longest length; `null` leaves it to the endpoint. */
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  readonly preferences: Preferences;
  readonly serviceTier: 'default' | 'priority' | 'flex';
  readonly tools: ToolRequest;
  readonly reasoning: ReasoningRequest;
  readonly responseFormat: ResponseFormat;
  readonly outputModalities: readonly string[];
  readonly aspectRatio: string | null;
  readonly inputModalities: readonly string[];
  /** Parameters that an endpoint may or may not support. */
  readonly parameters: readonly string[];
  readonly promptTokens: number;
  readonly sessionId: string | null;
  /** The same for every turn of a conversation: what keeps it with one provider. */
  readonly conversation: string;
  /** Two requests with the same seed get the same answer. */
  readonly seed: string;
  readonly isAboutCode: boolean;
  readonly searchesWeb: boolean;
  /** An over-long prompt is shortened instead of refused. */
  readonly compressesContext: boolean;
  readonly echoesUpstreamBody: boolean;
}

/** Fields that say how an answer travels, where it is cut or who asked, and not what it says. */
const NOT_CONTENT = new Set([
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'reasoning',
  'reasoning_effort',
  'include_reasoning',
  'stream',
  'stream_options',
  'usage',
  'user',
  'session_id',
  'metadata',
  'trace',
  'debug',
  'provider',
  'models',
  'model',
]);
const OPTIONAL_PARAMETERS = [
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'prediction',
  'seed',
  'response_format',
  'stop',
  'tools',
  'tool_choice',
  'reasoning',
  'reasoning_effort',
  'verbosity',
];
const TOKENS_PER_MESSAGE = 4;
const MAX_STOP_SEQUENCES = 4;

/**
 * Reads the body of `POST /chat/completions`. Unknown fields are ignored, as upstream does.
 *
 * @param headers - Lower-case; `x-session-id` stands in for the body's `session_id`.
 * @throws ApiError 400 that names the field at fault.
 */
export function readChatCall(body: unknown, headers: Readonly<Record<string, unknown>>): ChatCall {
  if (!isObject(body)) throw invalidField('body', 'must be a JSON object');
  const modelIds = askedModels(body);
  const turns = readTurns(body);
  const continuation = findContinuation(turns);
  const tools = readTools(body);
  checkSampling(body);
  const session = read.text(body, 'session_id') ?? headers['x-session-id'];
  const sessionId = typeof session === 'string' ? session : null;
  return {
    body,
    modelIds,
    turns,
    continuation,
    stream: read.flag(body, 'stream') ?? false,
    maxTokens:
      read.integer(body, 'max_completion_tokens', 1) ?? read.integer(body, 'max_tokens', 1),
    stop: readStop(body),
    preferences: readPreferences(body),
    serviceTier: readServiceTier(body),
    tools,
    reasoning: readReasoning(body),
    responseFormat: readResponseFormat(body),
    outputModalities: read.texts(body, 'modalities') ?? [],
    aspectRatio: read.text(read.object(body, 'image_config') ?? {}, 'aspect_ratio'),
    inputModalities: inputModalitiesOf(turns),
    parameters: parametersOf(body),
    promptTokens: countPrompt(turns, body),
    sessionId,
    conversation: sessionId ?? read.text(body, 'prompt_cache_key') ?? firstWords(turns),
    seed: seedOf(body, continuation),
    isAboutCode: findLanguage(turns.findLast(({ role }) => role === 'user')?.text ?? '') !== null,
    searchesWeb:
      tools.serverTools.includes('openrouter:web_search') ||
      hasPlugin(body, 'web') ||
      body['web_search_options'] != null ||
      modelIds.some((id) => id.includes(':online')),
    compressesContext: hasPlugin(body, 'context-compression'),
    echoesUpstreamBody: read.flag(read.object(body, 'debug') ?? {}, 'echo_upstream_body') ?? false,
  };
}

/** An answer that goes on has the seed that it began with. */
function seedOf(body: JsonObject, { asked }: Continuation): string {
  const { messages } = body;
  const content = Array.isArray(messages)
    ? { ...body, messages: messages.slice(0, asked.length) }
    : body;
  return JSON.stringify(Object.entries(content).filter(([field]) => !NOT_CONTENT.has(field)));
}

function checkSampling(body: JsonObject): void {
  read.number(body, 'temperature', 0, 2);
  read.number(body, 'top_p', 0, 1);
  read.integer(body, 'top_k', 0);
  read.number(body, 'min_p', 0, 1);
  read.number(body, 'top_a', 0, 1);
  read.number(body, 'frequency_penalty', -2, 2);
  read.number(body, 'presence_penalty', -2, 2);
  read.number(body, 'repetition_penalty', 0, 2);
  read.integer(body, 'seed');
  read.flag(body, 'logprobs');
  read.integer(body, 'top_logprobs', 0, 20);
  read.object(body, 'logit_bias');
  read.text(body, 'user');
}

function readStop(body: JsonObject): string[] {
  const { stop } = body;
  if (typeof stop === 'string') return stop === '' ? [] : [stop];
  const sequences = read.texts(body, 'stop') ?? [];
  if (sequences.length > MAX_STOP_SEQUENCES) {
    throw invalidField('stop', `must have ${MAX_STOP_SEQUENCES} items or fewer`);
  }
  return sequences.filter((sequence) => sequence !== '');
}

function readServiceTier(body: JsonObject): ChatCall['serviceTier'] {
  const tier = read.choice(body, 'service_tier', [
    'auto',
    'default',
    'fast',
    'flex',
    'priority',
    'scale',
  ]);
  if (tier === 'flex') return 'flex';
  return tier === 'priority' || tier === 'fast' ? 'priority' : 'default';
}

function readResponseFormat(body: JsonObject): ResponseFormat {
  const format = read.object(body, 'response_format');
  if (!format) return { type: 'text' };
  const { type } = format;
  if (type === 'json_object') return { type };
  if (type === 'json_schema') {
    const described = read.object(format, 'json_schema');
    if (!described || typeof described['name'] !== 'string') {
      throw invalidField('response_format.json_schema.name', 'is required');
    }
    if (!/^[\w-]{1,64}$/.test(described['name'])) {
      throw invalidField('response_format.json_schema.name', 'must match [A-Za-z0-9_-]{1,64}');
    }
    return { type, schema: described['schema'] ?? {} };
  }
  if (type === 'text' || type === 'grammar' || type === 'python') return { type: 'text' };
  throw invalidField('response_format.type', 'is not a known format');
}

/** PDF files reach every model through the file parser, so files ask nothing of an endpoint. */
function inputModalitiesOf(turns: readonly Turn[]): string[] {
  const kinds = turns.flatMap(({ attachments }) => attachments.map(({ kind }) => kind));
  return [...new Set(kinds)].filter((kind) => kind !== 'file');
}

function parametersOf(body: JsonObject): string[] {
  const sent = OPTIONAL_PARAMETERS.filter((name) => body[name] != null);
  const format = body['response_format'];
  const isStructured = isObject(format) && format['type'] === 'json_schema';
  return isStructured ? [...sent, 'structured_outputs'] : sent;
}

function countPrompt(turns: readonly Turn[], body: JsonObject): number {
  const tools = body['tools'] == null ? 0 : countTokens(JSON.stringify(body['tools']));
  return turns.reduce((sum, turn) => sum + countTurn(turn), tools);
}

/** What one message adds to the prompt, in tokens. */
export function countTurn(turn: Turn): number {
  const calls = turn.toolCalls.reduce(
    (sum, { name, argumentsText }) => sum + countTokens(name) + countTokens(argumentsText),
    0,
  );
  const files = turn.attachments.reduce((sum, file) => sum + attachmentTokens(file), 0);
  return TOKENS_PER_MESSAGE + countTokens(turn.text) + calls + files;
}

function hasPlugin(body: JsonObject, id: string): boolean {
  return (read.array(body, 'plugins') ?? [])
    .filter(isObject)
    .some((plugin) => plugin['id'] === id && plugin['enabled'] !== false);
}

function isInstruction({ role }: Turn): boolean {
  return role === 'system' || role === 'developer';
}

/** The first instructions and the first other message, which later turns repeat. */
function firstWords(turns: readonly Turn[]): string {
  const first = [turns.find(isInstruction), turns.find((turn) => !isInstruction(turn))];
  return JSON.stringify(first.map((turn) => turn?.text ?? ''));
}

/** The model that a body asks for first, whatever else is wrong with it; `null` when it names none. */
export function askedModel(body: unknown): string | null {
  if (!isObject(body)) return null;
  if (typeof body['model'] === 'string') return body['model'];
  const models = body['models'];
  return Array.isArray(models) && typeof models[0] === 'string' ? models[0] : null;
}

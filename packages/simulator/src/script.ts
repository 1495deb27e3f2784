import type { ToolCallManner } from './chat/tool-call-manners.ts';

/** Which requests a rule applies to; a field that is left out matches everything. */
export interface ScriptMatch {
  method?: string;
  /** Exact path without the query, with or without the `/api/v1` in front: `/chat/completions`. */
  path?: string;
  /** The model that is asked for: `model`, or the first of `models`. With `fail`, the model tried. */
  model?: string;
  /** With `fail`: name or slug of the provider that fails, while the others go on. */
  provider?: string;
}

/** The answer that a rule gives instead of the simulator's own. */
export interface ScriptedResponse {
  /** @defaultValue 200 */
  status?: number;
  headers?: Record<string, string>;
  /** An object becomes JSON; a string or buffer is sent as it is. */
  body?: unknown;
  /**
   * SSE `data:` payloads, sent as an event stream; takes the place of `body`. Those that come one by
   * one are sent one by one, and are asked for no more once the client has left.
   */
  events?: readonly string[] | AsyncIterable<string>;
}

/**
 * How a provider fails. Before its first byte, routing goes on to the next provider or model, and
 * only the last one's failure reaches the client; after that it ends the answer.
 */
export interface ScriptedFailure {
  /** @defaultValue 502 */
  status?: number;
  message?: string;
  /** The provider's own words, for `metadata.raw`. */
  raw?: string;
  metadata?: Record<string, unknown>;
  retryAfterSeconds?: number;
  /** Fail after so many tokens of the answer, inside a 200. Left out: before the first byte. */
  afterTokens?: number;
  /**
   * Shape of the failure inside a 200: as documented, with empty choices, the bare error, or no error
   * at all and only the provider's word for it.
   *
   * @defaultValue `'documented'`
   */
  form?: 'documented' | 'empty-choices' | 'bare' | 'native';
  /** Send `[DONE]` after the error event. @defaultValue false */
  terminates?: boolean;
}

/** A call that a model is made to ask for. */
export interface ScriptedToolCall {
  name: string;
  /** Text is sent as it is, anything else as JSON. Left out: made up to fit the tool that is offered. */
  arguments?: unknown;
}

/**
 * One piece of scripted behaviour. Without `respond` the simulator answers as always, and the other
 * fields bend that answer.
 */
export interface ScriptRule {
  match?: ScriptMatch;
  /** How many requests the rule serves. @defaultValue 1; `Infinity` for always */
  times?: number;
  /** Wait before the headers. */
  delayMs?: number;
  respond?: ScriptedResponse;
  /** The model, or one of its providers, fails; for `POST /chat/completions`. */
  fail?: ScriptedFailure;
  /** The model answers with nothing: no tokens and no finish reason, which costs nothing. */
  empty?: boolean;
  /**
   * The model asks for these calls instead of what it would have answered, offered or not, and is
   * charged for them.
   */
  toolCalls?: readonly ScriptedToolCall[];
  /** Streams the calls of the answer, scripted or the model's own, as a badly behaved provider does. */
  toolCallManner?: ToolCallManner;
  /**
   * The body ends after this many bytes and looks ended: the connection is closed in the ordinary
   * way, and nothing in HTTP tells that more was to come.
   */
  cutAtByte?: number;
  /** The connection is reset (TCP RST) after this many bytes of the body. */
  resetAtByte?: number;
  /** The body stops after this many bytes and the connection stays open, silent. */
  stallAtByte?: number;
  /** The body goes out piece by piece, with this wait before each. */
  dripMs?: number;
  /** Bytes in one piece. @defaultValue 1 */
  dripBytes?: number;
  /** Nothing more ever comes: not even headers, or headers and then no body. */
  stall?: 'headers' | 'body';
  contentType?: string;
  /** Compress the body, whatever the client accepts. */
  gzip?: boolean;
  /** The body's bytes are replaced by as many bytes of noise. */
  garbage?: boolean;
}

/** The rules in force. */
export interface RuleBook {
  /** @returns Takes the rule back. */
  add(rule: ScriptRule): () => void;
  /** The first rule that applies to a request as a whole; it counts as used from then on. */
  take(request: ScriptedRequest): ScriptRule | undefined;
  /** The first rule about a model's own behaviour that applies to one attempt at an answer. */
  takeAttempt(attempt: ScriptedAttempt): ScriptRule | undefined;
  clear(): void;
}

interface Entry {
  readonly rule: ScriptRule;
  left: number;
}

/** What a rule is matched against. */
export interface ScriptedRequest {
  method: string;
  path: string;
  /** `null` when the request names none. */
  model: string | null;
}

/** One try at an answer: a model at one provider. */
export interface ScriptedAttempt {
  method: string;
  path: string;
  /** The ids that the attempt goes by: as asked for, and the concrete one. */
  models: readonly string[];
  /** Name and slug. */
  provider: readonly string[];
}

/** An empty rule book; rules are tried in the order they were added. */
export function createRuleBook(): RuleBook {
  let entries: Entry[] = [];

  function use(applies: (entry: Entry) => boolean): ScriptRule | undefined {
    const entry = entries.find(applies);
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) entries = entries.filter((other) => other !== entry);
    return entry.rule;
  }

  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? 1 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    take: (request) =>
      use(({ rule }) => !isAboutAttempt(rule) && matches(rule.match ?? {}, request)),
    takeAttempt: (attempt) =>
      use(({ rule }) => isAboutAttempt(rule) && matchesAttempt(rule.match ?? {}, attempt)),
    clear() {
      entries = [];
    },
  };
}

function isAboutAttempt({ fail, empty, toolCalls, toolCallManner }: ScriptRule): boolean {
  return [fail, toolCalls, toolCallManner].some((field) => field !== undefined) || empty === true;
}

function matchesAttempt(match: ScriptMatch, attempt: ScriptedAttempt): boolean {
  const { model, provider, ...rest } = match;
  if (!matches(rest, { ...attempt, model: null })) return false;
  if (model !== undefined && !attempt.models.includes(model)) return false;
  return provider === undefined || attempt.provider.includes(provider);
}

function matches(match: ScriptMatch, { method, path, model }: ScriptedRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path !== undefined && match.path !== path && `/api/v1${match.path}` !== path) {
    return false;
  }
  return match.model === undefined || match.model === model;
}

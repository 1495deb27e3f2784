/** Which requests a rule applies to; a field that is left out matches everything. */
export interface ScriptMatch {
  method?: string;
  /** Exact path without the query, with or without the `/api/v1` in front: `/chat/completions`. */
  path?: string;
  /** The model that is asked for: `model`, or the first of `models`. */
  model?: string;
}

/** The answer that a rule gives instead of the simulator's own. */
export interface ScriptedResponse {
  /** @defaultValue 200 */
  status?: number;
  headers?: Record<string, string>;
  /** An object becomes JSON; a string or buffer is sent as it is. */
  body?: unknown;
  /** SSE `data:` payloads, sent as an event stream; takes the place of `body`. */
  events?: string[];
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
  /** The first rule that applies; it counts as used from then on. */
  take(request: ScriptedRequest): ScriptRule | undefined;
  clear(): void;
}

/** What a rule is matched against. */
export interface ScriptedRequest {
  method: string;
  path: string;
  /** `null` when the request names none. */
  model: string | null;
}

/** An empty rule book; rules are tried in the order they were added. */
export function createRuleBook(): RuleBook {
  let entries: { rule: ScriptRule; left: number }[] = [];

  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? 1 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    take(request) {
      const entry = entries.find(({ rule }) => matches(rule.match ?? {}, request));
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) entries = entries.filter((other) => other !== entry);
      return entry.rule;
    },
    clear() {
      entries = [];
    },
  };
}

function matches(match: ScriptMatch, { method, path, model }: ScriptedRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path !== undefined && match.path !== path && `/api/v1${match.path}` !== path) {
    return false;
  }
  return match.model === undefined || match.model === model;
}

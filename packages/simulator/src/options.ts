import type { Model } from '@openrouter-native/protocol';
import type { SimulatorKeys } from './accounts/keys.ts';
import type { ScriptRule } from './script.ts';

/** How a simulator behaves. Every option has a default that suits a person at a screen. */
export interface SimulatorOptions {
  /** @defaultValue `'127.0.0.1'` */
  host?: string;
  /** @defaultValue 0: any free port */
  port?: number;
  /**
   * Speed of every answer, streamed or whole. `Infinity` answers at once, for tests.
   *
   * @defaultValue 60
   */
  tokensPerSecond?: number;
  /** Wait before the first token. @defaultValue 300, or 0 when the speed is infinite */
  firstTokenMs?: number;
  /** Serve the control routes under `/__simulator`. @defaultValue false */
  scripting?: boolean;
  /** The clock of accounts, quotas and time stamps, epoch milliseconds. @defaultValue Date.now */
  now?: () => number;
  /** The catalogue to serve. @defaultValue the bundled one */
  models?: readonly Model[];
  /** Time between two keep-alive comments while nothing else is sent. @defaultValue 5000 */
  keepAliveMs?: number;
  /**
   * The usage chunk of a stream repeats the finish chunk, as on the wire, or has no choices, as in
   * the documentation.
   *
   * @defaultValue `'repeats-finish'`
   */
  usageChunk?: 'repeats-finish' | 'empty-choices';
  /** Status of a key that reached its own cap: the documented or the observed one. @defaultValue 402 */
  keyLimitStatus?: 402 | 403;
  /** How long `/generation` does not know an answer yet that has just ended. @defaultValue 250 */
  generationDelayMs?: number;
  /** How many of the latest requests `requests` keeps. @defaultValue 1000 */
  maxRecordedRequests?: number;
}

/** A running simulator. */
export interface Simulator {
  /** What a client takes as its base URL: `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string;
  readonly keys: SimulatorKeys;
  /** The latest requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Makes requests fail, or succeed, in a given way. Rules are tried in the order they were added;
   * the first that matches is used.
   *
   * @returns Takes the rule back.
   */
  script(rule: ScriptRule): () => void;
  /** How many TCP connections are open. */
  openConnections(): number;
  /** Stops at once: open answers are cut off. May be called twice. */
  close(): Promise<void>;
}

/** One request as it arrived. The key is never kept, only its name. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query, from the root: `/api/v1/models`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Which of the simulator's keys was sent; `null` for none or an unknown one. */
  readonly keyName: string | null;
  /** Lower-case names; `authorization` is left out. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Parsed JSON; text when it is not JSON; `undefined` without a body. */
  body: unknown;
  /** Epoch milliseconds by the simulator's clock. */
  readonly startedAt: number;
  /** The whole answer was handed over. */
  finished: boolean;
  /** The client left before the answer was complete. */
  aborted: boolean;
  closedAt: number | null;
}

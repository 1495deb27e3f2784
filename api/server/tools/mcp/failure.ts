import { errorCode } from '../../error-code.ts';
import type { Sdk } from './sdk.ts';

/** A server that cannot be used now; the message says why, for a person, and nothing confidential. */
export class McpUnavailable extends Error {
  override readonly name = 'McpUnavailable';

  /** @param reason - The rest of a sentence about the server: "it …". */
  constructor(server: string, reason: string, options?: ErrorOptions) {
    super(`The MCP server ${JSON.stringify(server)} is not available: ${reason}.`, options);
  }
}

/** What became of a call that has no result. */
export type CallFailure =
  /** The server never took it; it may be sent again. */
  | 'not-taken'
  /** The connection broke; nobody knows whether it was carried out. */
  | 'lost'
  /** No answer came in time. */
  | 'late'
  /** The server said no. */
  | 'refused'
  /** The answer makes no sense, or is none of MCP. */
  | 'nonsense';

/** Tells what a failed call means. */
export function judgeCall(error: unknown, sdk: Sdk): CallFailure {
  if (error instanceof sdk.McpError) {
    if (isTimeout(error)) return 'late';
    return hasEnded(error) ? 'lost' : 'refused';
  }
  const status = httpStatus(error, sdk);
  // A session that the server does not know any more: 404 by the specification, 400 by habit.
  if (status === 400 || status === 404) return 'not-taken';
  if (status !== null) return 'nonsense';
  const code = networkCode(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'not-taken';
  if (code !== null) return 'lost';
  return /^Not connected$|has ended$/.test(messageOf(error)) ? 'not-taken' : 'nonsense';
}

/** Why a server cannot be connected to: "it …". */
export function reasonOf(error: unknown, sdk: Sdk | null): string {
  const code = errorCode(error);
  if (code === 'ENOENT') return 'its command was not found';
  if (code === 'EACCES') return 'its command may not be run';
  if (isTimeout(error)) return 'it does not answer';
  if (sdk && error instanceof sdk.McpError) {
    return hasEnded(error) ? 'it ended at once' : 'it refuses the connection';
  }
  const status = sdk && httpStatus(error, sdk);
  if (status === 401 || status === 403) return `it refuses the credentials (HTTP ${status})`;
  if (status) return `it answers HTTP ${status}`;
  const network = networkCode(error);
  return network === null
    ? 'it does not speak MCP as expected'
    : `it cannot be reached (${network})`;
}

/** The status of an answer over HTTP; `null` when that was not the matter. */
function httpStatus(error: unknown, sdk: Sdk): number | null {
  if (!(error instanceof sdk.StreamableHTTPError || error instanceof sdk.SseError)) return null;
  return error.code !== undefined && error.code > 0 ? error.code : null;
}

/** `ECONNREFUSED` and the like, which `fetch` hides in causes; `null` when there is none. */
function networkCode(error: unknown): string | null {
  let cause = error;
  for (let depth = 0; depth < 4; depth += 1) {
    const code = errorCode(cause);
    if (code !== null && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code)) return code;
    cause = property(cause, 'cause');
  }
  return null;
}

/**
 * Whether somebody's patience ran out: the SDK's, or that of `AbortSignal.timeout`. The SDK's code for
 * it is one that servers use for other things, so the words decide.
 */
export function isTimeout(error: unknown): boolean {
  return (
    property(error, 'name') === 'TimeoutError' || messageOf(error).endsWith(': Request timed out')
  );
}

/** As for time-outs, the code (-32000) is every other server's for any error at all. */
function hasEnded(error: Error): boolean {
  return error.message.endsWith(': Connection closed');
}

/** What an error says; `''` = nothing. As for `errorCode`, its class does not matter. */
export function messageOf(error: unknown): string {
  const message = property(error, 'message');
  return typeof message === 'string' ? message : '';
}

function property(value: unknown, name: 'cause' | 'name' | 'message'): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<typeof name, unknown>)[name]
    : undefined;
}

import type { Logger } from '@openrouter-native/openrouter';
import type { McpServerSettings } from '../../config/mcp-servers.ts';
import { createScrubber } from '../../logging/scrubber.ts';
import { failed } from '../result.ts';
import type { ToolContext, ToolResult } from '../tool.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { createConnector } from './connector.ts';
import { judgeCall, McpUnavailable, messageOf, reasonOf, type CallFailure } from './failure.ts';
import { isNameOf } from './names.ts';
import { toOffer, type Offer } from './offer.ts';
import type { RemoteTool, UnusableTool } from './remote-tool.ts';
import { loadSdk, type Sdk } from './sdk.ts';
import { openSession, type Session } from './session.ts';

/** What servers are made of. */
export interface McpServerOptions {
  settings: McpServerSettings;
  logger: Logger;
  version: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** What the process of a server is started with, beside its own settings. */
  baseEnvironment: Readonly<Record<string, string>>;
}

/** An MCP server and its tools. Connected to when it is needed. */
export interface McpServer {
  readonly name: string;
  readonly title: string;
  /** Whether a tool of this name would be one of this server's. */
  owns(toolName: string): boolean;
  /** @throws {@link McpUnavailable}, at the latest after the time-out for connecting. */
  offer(): Promise<Offer>;
  /** What it offered last; `null` when it was never reached. */
  lastOffer(): Offer | null;
  close(): Promise<void>;
}

const MAX_REFUSAL_CHARACTERS = 2000;

/** Speaks with one server of `mcpServers`. Nothing is started, or even loaded, before it is needed. */
export function createMcpServer(options: McpServerOptions): McpServer {
  const { settings, logger, now } = options;
  const { name, title, secretValues, callTimeoutMs } = settings;
  const scrub = createScrubber(secretValues);
  let sdk: Sdk | null = null;
  let last: Offer | null = null;

  const connector = createConnector({
    name,
    logger,
    now,
    async open(onClosed, closing) {
      sdk ??= await loadSdk();
      return openSession({ ...options, sdk, closing, onClosed });
    },
    reasonOf: (error) => reasonOf(error, sdk),
  });

  async function listed(): Promise<readonly (RemoteTool | UnusableTool)[]> {
    const session = await connector.connect();
    try {
      return await session.tools();
    } catch {
      await connector.drop(session); // Perhaps it was lost without a word: another one will tell.
    }
    const another = await connector.connect();
    return another.tools().catch((error: unknown) => {
      throw new McpUnavailable(name, reasonOf(error, sdk), { cause: error });
    });
  }

  async function run(
    remote: RemoteTool,
    args: Record<string, unknown>,
    { signal }: ToolContext,
  ): Promise<ToolResult> {
    const first = await attempt(remote.name, args, signal);
    // A call that was not taken cannot have done anything, so the session is renewed and it is sent again.
    const { result } = first.isTaken ? first : await attempt(remote.name, args, signal);
    return { output: scrub.line(result.output), isError: result.isError };
  }

  async function attempt(
    tool: string,
    args: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<{ result: ToolResult; isTaken: boolean }> {
    let session: Session | null = null;
    try {
      session = await unlessAborted(connector.connect(), signal);
      return { result: await session.call(tool, args, signal), isTaken: true };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof McpUnavailable) return { result: failed(error.message), isTaken: true };
      if (!session || !sdk) throw error;
      const failure = judgeCall(error, sdk);
      if (failure === 'not-taken' || failure === 'lost') void connector.drop(session);
      return { result: failed(explain(failure, error)), isTaken: failure !== 'not-taken' };
    }
  }

  function explain(failure: CallFailure, error: unknown): string {
    const server = `The MCP server ${JSON.stringify(name)}`;
    switch (failure) {
      case 'not-taken':
        return new McpUnavailable(name, reasonOf(error, sdk)).message;
      case 'lost':
        return `${server} went away during the call. Nobody knows whether it was carried out.`;
      case 'late':
        return `${server} did not answer within ${callTimeoutMs / 1000} seconds.`;
      case 'refused':
        return messageOf(error).slice(0, MAX_REFUSAL_CHARACTERS);
      case 'nonsense':
        return `${server} gave no usable answer: ${reasonOf(error, sdk)}.`;
      default:
        return failure satisfies never;
    }
  }

  return {
    name,
    title,
    owns: (toolName) => isNameOf(toolName, name),
    async offer() {
      return (last = toOffer(await listed(), settings, run));
    },
    lastOffer: () => last,
    close: () => connector.close(),
  };
}

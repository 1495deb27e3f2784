import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Logger } from '@openrouter-native/openrouter';
import { z } from 'zod';
import type { McpServerSettings } from '../../config/mcp-servers.ts';
import type { ToolResult } from '../tool.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { callResultSchema, readCallResult } from './call-result.ts';
import { isTimeout } from './failure.ts';
import { readRemoteTool, type RemoteTool, type UnusableTool } from './remote-tool.ts';
import type { Sdk } from './sdk.ts';
import { createStderrLog } from './stderr-log.ts';
import { createTransport } from './transport.ts';

/** What sessions are made of. */
export interface SessionOptions {
  settings: McpServerSettings;
  sdk: Sdk;
  logger: Logger;
  version: string;
  /** Epoch milliseconds. */
  now: () => number;
  baseEnvironment: Readonly<Record<string, string>>;
  /** Aborted when the server is not needed any more. */
  closing: AbortSignal;
  /** Called once, when the connection is gone. */
  onClosed: () => void;
}

/** One connection to an MCP server. */
export interface Session {
  /** What it offers; asked for again when it says so, and every ten minutes. */
  tools(): Promise<readonly (RemoteTool | UnusableTool)[]>;
  /**
   * @throws the SDK's errors; see `judgeCall`. The signal's abortion is told to the server, and is one
   *   of those errors as well.
   */
  call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<ToolResult>;
  close(): Promise<void>;
}

const LIST_TTL_MS = 600_000; // Not every server tells when its list changes.
const MAX_PAGES = 20;
const MAX_TOOLS = 500;
const PING_TIMEOUT_MS = 5000;
const GOODBYE_TIMEOUT_MS = 1000;

const listSchema = z.looseObject({
  tools: z.array(z.unknown()),
  nextCursor: z.string().optional().catch(undefined),
});

/** Connects, and reads the list of tools. @throws whatever stands in the way; see `reasonOf`. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { settings, sdk, logger, version, now, closing } = options;
  const transport = createTransport(settings, {
    sdk,
    userAgent: `OpenRouterNative/${version}`,
    baseEnvironment: options.baseEnvironment,
    onStderr: createStderrLog(settings.name, logger, now),
  });
  const client = new sdk.Client({ name: 'openrouter-native', version }, { capabilities: {} });
  const timeout = settings.initTimeoutMs;

  let listed: readonly (RemoteTool | UnusableTool)[] = [];
  let listedUntil = -Infinity;
  let listing: Promise<void> | null = null;
  client.setNotificationHandler(sdk.ToolListChangedNotificationSchema, () => {
    listedUntil = -Infinity;
  });

  function list(): Promise<void> {
    listing ??= (async () => {
      listedUntil = now() + LIST_TTL_MS; // Before: a change on the way makes it old again.
      listed = await unlessAborted(readTools(client, timeout), AbortSignal.timeout(timeout));
    })().finally(() => (listing = null));
    return listing;
  }

  async function close(): Promise<void> {
    if (transport instanceof sdk.StreamableHTTPClientTransport) await sayGoodbye(transport);
    await transport.close();
  }

  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(timeout)]);
    await unlessAborted(client.connect(transport, { timeout }), signal);
    await unlessAborted(list(), signal);
  } catch (error) {
    const closed = transport.close();
    if (closing.aborted) await closed; // Otherwise whoever waits should hear of it now.
    throw error;
  }
  const checkServer = createCheck(client, close);
  Object.assign(client, {
    onclose: options.onClosed,
    onerror(error: Error) {
      const name = JSON.stringify(settings.name);
      const detail = error.message.slice(0, 300);
      logger.debug(`The connection to the MCP server ${name} has trouble.`, { detail });
      void checkServer();
    },
  } satisfies Pick<Client, 'onclose' | 'onerror'>);

  return {
    async tools() {
      if (now() < listedUntil) return listed;
      await list().catch((error: unknown) => {
        // A server that is busy with a call is a server, and its tools are hardly others than before.
        if (!isTimeout(error)) throw error;
      });
      return listed;
    },
    async call(name, args, signal) {
      // A signal of its own: the SDK listens to it for as long as it lives, and an answered call must
      // not be cancelled.
      const call = new AbortController();
      const abort = () => call.abort(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const request = { method: 'tools/call' as const, params: { name, arguments: args } };
        const asked = { signal: call.signal, timeout: settings.callTimeoutMs };
        return readCallResult(await client.request(request, callResultSchema, asked));
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    close,
  };
}

/**
 * A broken stream of a server over HTTP says nothing of the server: it is asked whether it is still
 * there, and the connection is closed when it is not, so that nobody waits for answers that cannot come.
 */
function createCheck(client: Client, close: () => Promise<void>): () => Promise<void> {
  let isAsking = false;
  return async function check() {
    if (isAsking) return;
    isAsking = true;
    try {
      await client.ping({ timeout: PING_TIMEOUT_MS });
    } catch {
      await close().catch(() => undefined);
    } finally {
      isAsking = false;
    }
  };
}

async function readTools(client: Client, timeout: number): Promise<(RemoteTool | UnusableTool)[]> {
  if (!client.getServerCapabilities()?.tools) return [];
  const tools = new Map<string, RemoteTool | UnusableTool>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && tools.size < MAX_TOOLS; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await client.request({ method: 'tools/list', params }, listSchema, { timeout });
    for (const value of answer.tools.slice(0, MAX_TOOLS)) {
      const tool = readRemoteTool(value);
      if (tool && !tools.has(tool.name)) tools.set(tool.name, tool);
    }
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return [...tools.values()].slice(0, MAX_TOOLS);
}

/** Tells the server to forget the session. It may not care, or be gone. */
async function sayGoodbye(transport: { terminateSession(): Promise<void> }): Promise<void> {
  const goodbye = transport.terminateSession();
  await unlessAborted(goodbye, AbortSignal.timeout(GOODBYE_TIMEOUT_MS)).catch(() => undefined);
}

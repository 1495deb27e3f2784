import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import spawn from 'cross-spawn';
import type { McpTransport } from '../../config/mcp-servers.ts';
import { canGroup, endGroup, endWithUs, signalGroup } from './process-group.ts';
import type { Sdk } from './sdk.ts';

/** What a transport over standard input and output needs. */
export interface StdioTransportOptions {
  settings: Extract<McpTransport, { type: 'stdio' }>;
  /** What every process is given; the server's own settings are not among it. */
  baseEnvironment: Readonly<Record<string, string>>;
  /** Takes what the process writes on standard error, piece by piece. */
  onStderr: (text: string) => void;
  sdk: Pick<Sdk, 'ReadBuffer' | 'serializeMessage'>;
}

const MAX_MESSAGE_BYTES = 10_000_000; // A large file as base64; more is a mistake.

/**
 * Speaks MCP with a process of its own. Unlike the SDK's, it starts the process as the leader of a
 * group, and ends the group, also when this process exits without closing it.
 */
export function createStdioTransport(options: StdioTransportOptions): Transport {
  const { settings, baseEnvironment, onStderr, sdk } = options;
  const buffer = new sdk.ReadBuffer({ maxBufferSize: MAX_MESSAGE_BYTES });
  let child: ChildProcess | null = null;
  let closed: Promise<unknown> = Promise.resolve();

  const transport: Transport = {
    async start() {
      const started = spawn(settings.command, [...settings.args], {
        env: { ...baseEnvironment, ...settings.env },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: canGroup,
        windowsHide: true,
        ...(settings.cwd !== null && { cwd: settings.cwd }),
      });
      child = started;
      endWithUs(started);
      closed = once(started, 'close').catch(() => undefined);
      started.once('exit', () => signalGroup(started, 'SIGKILL')); // What it started keeps its pipes open.
      started.once('close', () => {
        child = null; // Its number may become somebody else's.
        transport.onclose?.();
      });
      started.stdin?.on('error', (error) => transport.onerror?.(error));
      started.stdout?.on('data', (chunk: Buffer) => receive(chunk));
      started.stderr?.setEncoding('utf8').on('data', (text: string) => onStderr(text));
      await once(started, 'spawn');
      started.on('error', (error) => transport.onerror?.(error));
    },
    async send(message) {
      const input = child?.stdin;
      if (!input?.writable) throw new Error('The process has ended');
      if (!input.write(sdk.serializeMessage(message))) await drained(input, closed);
    },
    async close() {
      if (child) await endGroup(child, closed);
      buffer.clear();
    },
  };

  function receive(chunk: Buffer): void {
    try {
      buffer.append(chunk);
    } catch (error) {
      transport.onerror?.(error as Error); // Too long a message: nothing after it can be trusted.
      if (child) signalGroup(child, 'SIGKILL');
      return;
    }
    for (;;) {
      let message: JSONRPCMessage | null;
      try {
        message = buffer.readMessage();
      } catch {
        continue; // A line that is no message: some servers print a greeting.
      }
      if (message === null) return;
      transport.onmessage?.(message);
    }
  }

  return transport;
}

async function drained(input: NodeJS.WritableStream, closed: Promise<unknown>): Promise<void> {
  await Promise.race([once(input, 'drain').catch(() => undefined), closed]);
}

import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { McpServerSettings } from '../../config/mcp-servers.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { Sdk } from './sdk.ts';
import { createStdioTransport } from './stdio-transport.ts';

/** What a way to a server is made of. */
export interface TransportOptions {
  sdk: Sdk;
  /** Named in requests over HTTP. */
  userAgent: string;
  /** See `StdioTransportOptions`. */
  baseEnvironment: Readonly<Record<string, string>>;
  onStderr: (text: string) => void;
}

/** A way to a server, not yet started. */
export function createTransport(
  { transport }: McpServerSettings,
  { sdk, userAgent, baseEnvironment, onStderr }: TransportOptions,
): Transport {
  switch (transport.type) {
    case 'stdio':
      return createStdioTransport({ settings: transport, baseEnvironment, onStderr, sdk });
    case 'http':
    case 'sse': {
      const options = {
        fetch: boundedFetch,
        requestInit: { headers: { 'User-Agent': userAgent, ...transport.headers } },
      };
      const url = new URL(transport.url);
      if (transport.type === 'sse') return new sdk.SSEClientTransport(url, options);
      return new sdk.StreamableHTTPClientTransport(url, options);
    }
    default:
      return transport satisfies never;
  }
}

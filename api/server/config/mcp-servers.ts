/** How an MCP server is reached. */
export type McpTransport =
  | {
      type: 'stdio';
      command: string;
      args: readonly string[];
      /** The whole environment of the process: what every program needs, and what the entry sets. */
      env: Readonly<Record<string, string>>;
      /** `null` = where this server runs. */
      cwd: string | null;
    }
  | {
      /** Streamable HTTP, or the older SSE. */
      type: 'http' | 'sse';
      /** May hold a secret. */
      url: string;
      headers: Readonly<Record<string, string>>;
    };

/** One entry of `mcpServers` in `librechat.yaml`, its variables filled in. Times are milliseconds. */
export interface McpServerSettings {
  /** The entry's key. */
  name: string;
  /** For a person. */
  title: string;
  transport: McpTransport;
  /** Names of the tools that may be used, as the server calls them; `null` = all. */
  allowedTools: readonly string[] | null;
  /** For connecting and for the list of tools. */
  initTimeoutMs: number;
  /** For one call. */
  callTimeoutMs: number;
  /** What must not be repeated to anybody. */
  secretValues: readonly string[];
}

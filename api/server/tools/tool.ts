/** What a tool is told beside its arguments. */
export interface ToolContext {
  /** Aborted when the run is stopped; a tool ends soon after. */
  signal: AbortSignal;
  userId: string;
}

/** What the model is told. A failure is a result as well. */
export interface ToolResult {
  output: string;
  isError: boolean;
}

/** One thing that agents can do. */
export interface Tool {
  /** What the model calls, at most 64 characters of `[a-zA-Z0-9_-]`; also its entry in an agent's `tools`. */
  readonly name: string;
  /** For a person. */
  readonly title: string;
  /** For the model. */
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: Record<string, unknown>;
  /** Name of the MCP server it comes from; `null` = built in. */
  readonly server: string | null;
  /**
   * Never throws for what the model did wrong or what failed outside: that is a result with `isError`.
   *
   * @param args - Parsed, and an object; not yet checked against `parameters`.
   * @throws the signal's reason when it aborts.
   */
  run(args: Record<string, unknown>, context: ToolContext): Promise<ToolResult>;
}

/** A tool that holds something to be closed. */
export interface ClosableTool {
  tool: Tool;
  close: () => Promise<void>;
}

/** A tool that an agent names and that cannot be had at this moment. */
export interface MissingTool {
  name: string;
  /** For a person; the name, when nobody knows better. */
  title: string;
  /** `''` = unknown. */
  description: string;
  /** Name of the MCP server it belongs to; `null` = none is known. */
  server: string | null;
  /** Why, for a person. */
  problem: string;
}

/** Every tool of this server. */
export interface Toolbox {
  /**
   * What there is to choose, for the Agent Builder; connects to MCP servers as needed, for a bounded
   * time. Of a server that is away, the tools it is known to have are `missing`; of one that was never
   * reached, a single entry stands for all of them.
   */
  list(): Promise<{ tools: Tool[]; missing: MissingTool[] }>;
  /** The tools of these names, in their order, and those that cannot be had. */
  pick(
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<{ tools: Tool[]; missing: MissingTool[] }>;
  /**
   * Whether a name stands for a built-in tool, or may stand for one of a configured MCP server. Asks
   * nobody, so it holds while a server is away.
   */
  isPossible(name: string): boolean;
  close(): Promise<void>;
}

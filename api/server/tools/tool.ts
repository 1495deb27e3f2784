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

/** A tool that an agent names and that cannot be had at this moment. */
export interface MissingTool {
  name: string;
  /** Why, for a person. */
  problem: string;
}

/** Every tool of this server. */
export interface Toolbox {
  /** What there is to choose, for the Agent Builder; connects to MCP servers as needed, for a bounded time. */
  list(): Promise<{ tools: Tool[]; missing: MissingTool[] }>;
  /** The tools of these names, in their order, and those that cannot be had. */
  pick(
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<{ tools: Tool[]; missing: MissingTool[] }>;
  close(): Promise<void>;
}

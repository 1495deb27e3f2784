import { z } from 'zod';

/** What an agent is made of; all that a version keeps. */
export const agentFieldsSchema = z.object({
  name: z.string().max(256).nullable().default(null),
  description: z.string().max(4096).nullable().default(null),
  instructions: z.string().max(1_000_000).nullable().default(null),
  provider: z.string().min(1).max(64),
  /** As long as in a chat request. */
  model: z.string().min(1).max(256),
  /** Any parameter of a chat request: sampling, `reasoning`, `provider`, `models`, `plugins`, …. */
  model_parameters: z.record(z.string(), z.unknown()).default({}),
  /** Names of built-in tools, and `{tool}_mcp_{server}`. */
  tools: z.array(z.string().min(1).max(256)).max(128).default([]),
  conversation_starters: z.array(z.string().max(1000)).max(20).default([]),
  /** Calls of the model in one answer; `null` = the server's default. */
  recursion_limit: z.int().min(1).max(100).nullable().default(null),
  /** US dollars one answer may cost; `null` = no limit. */
  spending_limit: z.number().positive().max(1_000_000).nullable().default(null),
  /** Files that every conversation with the agent begins with. */
  file_ids: z.array(z.uuid()).max(50).default([]),
});
export type AgentFields = z.infer<typeof agentFieldsSchema>;

/** One agent: LibreChat's `Agent` with our limits. */
export const agentSchema = z.looseObject({
  ...agentFieldsSchema.shape,
  id: z.string(),
  author: z.string(),
  /** Number of the version in use; the first is 1. */
  version: z.int(),
  /** Epoch seconds, as in LibreChat. */
  created_at: z.number(),
  updatedAt: z.iso.datetime(),
  /** Why the agent cannot be used as it is, such as a model that is gone; `null` = it can. */
  problem: z
    .looseObject({
      message: z.string(),
      action: z.string(),
      /** Ids of models that would do, best first. */
      suggestions: z.array(z.string()),
    })
    .nullable(),
});
export type Agent = z.infer<typeof agentSchema>;

/** What `POST /api/agents/:id/duplicate` answers. */
export const duplicatedAgentSchema = z.looseObject({ agent: agentSchema });

/** What `GET /api/agents` answers. */
export const agentListSchema = z.looseObject({
  object: z.literal('list'),
  data: z.array(agentSchema),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
  /** Cursor of the next page; `null` on the last. */
  after: z.string().nullable(),
});
export type AgentList = z.infer<typeof agentListSchema>;

/**
 * A state an agent was saved in; `GET /api/agents/:id/versions`, oldest first and the current one last.
 * `POST /api/agents/:id/revert` goes back to one, by its `version` or, as LibreChat's clients do, by its
 * place in this list as `version_index`.
 */
export const agentVersionSchema = z.looseObject({
  ...agentFieldsSchema.shape,
  version: z.int(),
  createdAt: z.iso.datetime(),
});
export type AgentVersion = z.infer<typeof agentVersionSchema>;

/** What `GET /api/agents/:id/versions` answers. */
export const agentVersionListSchema = z.array(agentVersionSchema);

/** A tool that agents can use; `GET /api/agents/tools`. */
export const agentToolSchema = z.looseObject({
  /** What goes into an agent's `tools`. */
  pluginKey: z.string(),
  /** For a person. */
  name: z.string(),
  description: z.string(),
  /** Name of the MCP server; `null` = built in. */
  server: z.string().nullable(),
  /** Why it cannot be used at this moment; `null` = it can. */
  problem: z.string().nullable(),
});
export type AgentTool = z.infer<typeof agentToolSchema>;

/** What `GET /api/agents/tools` answers. */
export const agentToolListSchema = z.array(agentToolSchema);

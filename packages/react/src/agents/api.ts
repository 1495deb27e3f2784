import {
  agentListSchema,
  agentSchema,
  agentToolListSchema,
  agentVersionListSchema,
  duplicatedAgentSchema,
  type Agent,
  type AgentFields,
  type AgentList,
  type AgentTool,
  type AgentVersion,
} from '@openrouter-native/protocol';
import { createHttp, readJson, readNothing, type HttpOptions } from '../api/http.ts';

/** Which agents; all when nothing is said. */
export interface AgentQuery {
  /** Words in names or descriptions. */
  search?: string;
  /** `after` of the page before. */
  after?: string | null;
}

/** The agents of one person. Every method throws `OpenRouterApiError`. */
export interface AgentsApi {
  /** Latest change first, a page at a time. */
  list: (query: AgentQuery, signal?: AbortSignal) => Promise<AgentList>;
  get: (id: string, signal?: AbortSignal) => Promise<Agent>;
  create: (fields: AgentFields) => Promise<Agent>;
  /** Changes the given fields, and adds a version if one of them differs. */
  change: (id: string, fields: Partial<AgentFields>) => Promise<Agent>;
  /** Its conversations stay. */
  remove: (id: string) => Promise<void>;
  duplicate: (id: string) => Promise<Agent>;
  /** Oldest first; the last is the one in use. */
  listVersions: (id: string, signal?: AbortSignal) => Promise<AgentVersion[]>;
  /** Makes an earlier version the current one, as a new version. */
  revert: (id: string, version: number) => Promise<Agent>;
  /** What agents can use, and what they could if it were not away. */
  listTools: (signal?: AbortSignal) => Promise<AgentTool[]>;
}

/** A page of a list that people read, not of one that is exported. */
const PAGE = 30;

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createAgentsApi(options: HttpOptions): AgentsApi {
  const http = createHttp(options);
  return {
    async list({ search, after }, signal) {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(search && { search }),
        ...(after && { after }),
      });
      return readJson(await http.get(`/agents?${query}`, signal), agentListSchema, signal);
    },
    get: async (id, signal) => readJson(await http.get(pathOf(id), signal), agentSchema, signal),
    create: async (fields) => readJson(await http.send('POST', '/agents', fields), agentSchema),
    change: async (id, fields) =>
      readJson(await http.send('PATCH', pathOf(id), fields), agentSchema),
    remove: async (id) => readNothing(await http.request(pathOf(id), { method: 'DELETE' })),
    async duplicate(id) {
      const response = await http.send('POST', `${pathOf(id)}/duplicate`, {});
      return (await readJson(response, duplicatedAgentSchema)).agent;
    },
    listVersions: async (id, signal) =>
      readJson(await http.get(`${pathOf(id)}/versions`, signal), agentVersionListSchema, signal),
    revert: async (id, version) =>
      readJson(await http.send('POST', `${pathOf(id)}/revert`, { version }), agentSchema),
    listTools: async (signal) =>
      readJson(await http.get('/agents/tools', signal), agentToolListSchema, signal),
  };
}

function pathOf(id: string): string {
  return `/agents/${encodeURIComponent(id)}`;
}

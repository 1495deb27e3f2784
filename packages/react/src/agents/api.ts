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
import { errorFromResponse } from '../api/error.ts';
import { createHttp, readJson, type HttpOptions } from '../api/http.ts';

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
  const get = (path: string, signal?: AbortSignal) =>
    http.request(path, { signal: signal ?? null });
  const send = (method: string, path: string, body: unknown) =>
    http.request(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    async list({ search, after }, signal) {
      const query = new URLSearchParams({
        limit: String(PAGE),
        ...(search && { search }),
        ...(after && { after }),
      });
      return readJson(await get(`/agents?${query}`, signal), agentListSchema, signal);
    },
    get: async (id, signal) => readJson(await get(pathOf(id), signal), agentSchema, signal),
    create: async (fields) => readJson(await send('POST', '/agents', fields), agentSchema),
    change: async (id, fields) => readJson(await send('PATCH', pathOf(id), fields), agentSchema),
    async remove(id) {
      const response = await http.request(pathOf(id), { method: 'DELETE' });
      if (!response.ok) throw await errorFromResponse(response);
      await response.body?.cancel();
    },
    async duplicate(id) {
      const response = await send('POST', `${pathOf(id)}/duplicate`, {});
      return (await readJson(response, duplicatedAgentSchema)).agent;
    },
    listVersions: async (id, signal) =>
      readJson(await get(`${pathOf(id)}/versions`, signal), agentVersionListSchema, signal),
    revert: async (id, version) =>
      readJson(await send('POST', `${pathOf(id)}/revert`, { version }), agentSchema),
    listTools: async (signal) =>
      readJson(await get('/agents/tools', signal), agentToolListSchema, signal),
  };
}

function pathOf(id: string): string {
  return `/agents/${encodeURIComponent(id)}`;
}

import type { Logger } from '@openrouter-native/openrouter';
import { RequestError } from '@openrouter-native/plugin';
import type { Agent, AgentList } from '@openrouter-native/protocol';
import type { Request, Response } from 'express';
import type { AgentRecord, Agents } from '../database/agents.ts';
import type { Files } from '../files/files.ts';
import { identityOf } from '../middleware/require-auth.ts';
import { readAgent } from './agent-body.ts';
import type { AgentChecks } from './agent-checks.ts';
import type { AgentProblems } from './agent-problems.ts';
import { readListQuery } from './list-query.ts';
import { nameOfCopy, toPublicAgent, toPublicVersion } from './public-agent.ts';
import { readVersionChoice } from './version-choice.ts';

/** What the handlers work with. */
export interface AgentHandlersDependencies {
  agents: Agents;
  checks: AgentChecks;
  problems: AgentProblems;
  files: Pick<Files, 'deleteUnused'>;
  logger: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

/** What the routes of agents do. Bodies were read before; each sees the agents of who asks, and no others. */
export function createAgentHandlers(dependencies: AgentHandlersDependencies) {
  const { agents, checks, problems, files, logger, now } = dependencies;

  async function present(agent: AgentRecord): Promise<Agent> {
    const [problem = null] = await problems.of(agent.userId, [agent.fields]);
    return toPublicAgent(agent, problem);
  }

  async function create(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    const fields = readAgent(bodyOf(request), null);
    await checks.check(userId, fields, null);
    const agent = await agents.create(userId, fields, new Date(now()));
    response.status(201).json(await present(agent));
  }

  async function list(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    const page = await agents.list({ ...readListQuery(request.query), userId });
    const fields = page.agents.map((agent) => agent.fields);
    const found = await problems.of(userId, fields);
    const answer: AgentList = {
      object: 'list',
      data: page.agents.map((agent, index) => toPublicAgent(agent, found[index] ?? null)),
      first_id: page.agents[0]?.id ?? null,
      last_id: page.agents.at(-1)?.id ?? null,
      has_more: page.hasMore,
      after: page.after,
    };
    response.json(answer);
  }

  async function read(request: Request, response: Response): Promise<void> {
    const agent = requireAgent(await agents.find(userOf(response), idOf(request)));
    response.json(await present(agent));
  }

  async function change(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    const before = requireAgent(await agents.find(userId, idOf(request)));
    const given = readAgent(bodyOf(request), before.fields);
    await checks.check(userId, { ...before.fields, ...given }, before.fields);
    const agent = requireAgent(await agents.change(userId, before.id, given, new Date(now())));
    response.json(await present(agent));
  }

  async function remove(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    if (!(await agents.delete(userId, idOf(request)))) throw noSuchAgent();
    try {
      await files.deleteUnused(userId);
    } catch (error) {
      // The agent is gone all the same, and its files will be looked at again.
      logger.warn('The files of a deleted agent were not cleared away', { error });
    }
    response.json({ message: 'Agent deleted' });
  }

  async function duplicate(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    const { fields } = requireAgent(await agents.find(userId, idOf(request)));
    const copy = { ...fields, name: nameOfCopy(fields.name) };
    const agent = await agents.create(userId, copy, new Date(now()));
    response.status(201).json({ agent: await present(agent), actions: [] });
  }

  async function listVersions(request: Request, response: Response): Promise<void> {
    const userId = userOf(response);
    const agent = requireAgent(await agents.find(userId, idOf(request)));
    const versions = await agents.versions(userId, agent.id);
    response.json(versions.map((version) => toPublicVersion(agent, version)));
  }

  async function revert(request: Request, response: Response): Promise<void> {
    const to = readVersionChoice(request.body);
    const at = new Date(now());
    const agent = requireAgent(await agents.revert(userOf(response), idOf(request), to, at));
    response.json(await present(agent));
  }

  return { create, list, read, change, remove, duplicate, listVersions, revert };
}

function userOf(response: Response): string {
  return identityOf(response).userId;
}

function idOf(request: Request): string {
  return String(request.params['id']);
}

function bodyOf(request: Request): Record<string, unknown> {
  return request.body as Record<string, unknown>; // jsonBody lets nothing else pass.
}

/** @throws RequestError `not_found` for an agent that is not there, or not this user's. */
function requireAgent<T>(agent: T | null): T {
  if (agent === null) throw noSuchAgent();
  return agent;
}

function noSuchAgent(): RequestError {
  return new RequestError('not_found', 'There is no such agent.', {
    action: 'Choose one of your agents; it may have been deleted.',
  });
}

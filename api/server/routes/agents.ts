import { createAllowedModels, jsonBody } from '@openrouter-native/plugin';
import { Router } from 'express';
import { createAgentChecks } from '../agents/agent-checks.ts';
import { createAgentHandlers, type AgentHandlersDependencies } from '../agents/agent-handlers.ts';
import { createAgentProblems } from '../agents/agent-problems.ts';
import { createAgentProviders } from '../agents/agent-providers.ts';
import type { Config } from '../config.ts';
import type { RouteSettings } from '../config/routes.ts';
import type { Files } from '../files/files.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import type { AgentService } from '../services/AgentService.ts';
import type { Provider } from '../services/provider.ts';
import type { Toolbox } from '../tools/tool.ts';

/** What the routes work with. */
export interface AgentsRouteDependencies extends Pick<
  AgentHandlersDependencies,
  'agents' | 'logger' | 'now'
> {
  config: Pick<Config, 'libreChat' | 'openrouter'>;
  agentService: Pick<AgentService, 'providers'>;
  provider: Provider;
  /** Ways to an answer beside the first key; `null` without a provider. */
  routes: Pick<RouteSettings, 'directProviders'> | null;
  toolbox: Pick<Toolbox, 'isPossible'>;
  files: Pick<Files, 'references' | 'deleteUnused'>;
}

/** A million characters of instructions, which JSON may write with six bytes each. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** `/api/agents`: the agents of the one who asks, in LibreChat's paths and shapes. Stands behind `requireAuth`. */
export function createAgentsRouter(dependencies: AgentsRouteDependencies): Router {
  const { config, agentService, routes, toolbox, files, now } = dependencies;
  const { plugin } = dependencies.provider;
  const { allowedModels: patterns } = config.openrouter;
  const providers = createAgentProviders(agentService, config.libreChat.agents.allowedProviders);
  const allowedModels = createAllowedModels(patterns ?? []);
  const handlers = createAgentHandlers({
    ...dependencies,
    checks: createAgentChecks({ providers, allowedModels, toolbox, files }),
    problems: createAgentProblems({
      providers,
      catalogue: plugin && {
        provider: plugin.agentProvider.provider,
        models: () => plugin.models(),
      },
      directModels: new Set(routes?.directProviders.flatMap(({ models }) => Object.keys(models))),
      toolbox,
      files,
      now,
    }),
  });

  const router = Router();
  const readBody = jsonBody(BODY_LIMIT_BYTES);
  router
    .route('/')
    .get(handlers.list)
    .post(readBody, handlers.create)
    .all(refuseOtherMethods('GET, POST'));
  router
    .route('/:id')
    .get(handlers.read)
    .patch(readBody, handlers.change)
    .delete(handlers.remove)
    .all(refuseOtherMethods('GET, PATCH, DELETE'));
  // LibreChat tells less to those who may use an agent and not change it; here they are the same.
  router.route('/:id/expanded').get(handlers.read).all(refuseOtherMethods('GET'));
  router.route('/:id/versions').get(handlers.listVersions).all(refuseOtherMethods('GET'));
  router.route('/:id/revert').post(readBody, handlers.revert).all(refuseOtherMethods('POST'));
  router.route('/:id/duplicate').post(handlers.duplicate).all(refuseOtherMethods('POST'));
  return router;
}

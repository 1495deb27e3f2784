import { randomUUID } from 'node:crypto';
import { RequestError } from '@openrouter-native/plugin';
import type { Model } from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';
import { createListedModels } from './agents/listed-models.ts';
import type { Config } from './config.ts';
import type { RouteSettings } from './config/routes.ts';
import { createAgents } from './database/agents.ts';
import { createConversations } from './database/conversations.ts';
import type { Database } from './database/database.ts';
import { createMessages } from './database/messages.ts';
import type { Files } from './files/files.ts';
import { watchAbandoned } from './generations/abandoned.ts';
import { createGenerations } from './generations/generations.ts';
import { createMemorySessions } from './generations/memory-sessions.ts';
import { createPlanner } from './generations/plan.ts';
import { createRunner } from './runs/runner.ts';
import { createTitleWriter } from './generations/title.ts';
import { createTitles } from './generations/titles.ts';
import type { Keys } from './keys/keys.ts';
import type { Logs } from './logging/logs.ts';
import { createAgentsChatRouter } from './routes/agents-chat.ts';
import { createConvosRouter } from './routes/convos.ts';
import { createMessagesRouter } from './routes/messages.ts';
import type { AgentService } from './services/AgentService.ts';
import type { Provider } from './services/provider.ts';
import type { Toolbox } from './tools/tool.ts';

/** What stored chats need from the rest of the server. */
export interface ChatsDependencies {
  config: Pick<Config, 'answers' | 'openrouter'>;
  database: Database;
  provider: Provider;
  agentService: AgentService;
  /** Whether a user has a key, where users bring them. */
  users: Keys['users'];
  files: Files;
  toolbox: Toolbox;
  /** Ways to an answer beside the first key; `null` without a provider. */
  routes: Pick<RouteSettings, 'directProviders' | 'fallbacks'> | null;
  requireAuth: RequestHandler;
  logs: Logs;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Chats that are stored, and the answers in them. */
export interface Chats {
  /** For `/api`. */
  router: Router;
  /** Lets running answers end, for so long; see `Generations.close`. */
  close(drainMs: number): Promise<void>;
}

const HEARTBEAT_MS = 15_000; // As on the plugin's streams: proxies close what is silent for a minute.

/** Puts the pieces together; called once, from `createApp`. */
export function createChats(dependencies: ChatsDependencies): Chats {
  const { config, database, provider, agentService, users, files, toolbox, routes, logs, now } =
    dependencies;
  const { queries } = database;
  const conversations = createConversations(queries);
  const messages = createMessages(queries);
  const agents = createAgents(queries);
  const sessions = createMemorySessions({ now });
  const logger = logs.host;
  const { plugin } = provider;

  const list = async () => createListedModels((await plugin?.models()) ?? []);
  const runner = createRunner({
    agents: agentService,
    toolbox,
    catalogue: plugin && { provider: plugin.agentProvider.provider, list },
    unlisted: new Set(routes?.directProviders.flatMap(({ models }) => Object.keys(models))),
    fallbacks: routes?.fallbacks ?? {},
    storeImage: (userId, url, signal) => files.storeImage(userId, url, signal),
    maxRecursionLimit: config.answers.maxRecursionLimit,
    logger,
    now,
  });

  async function findListed(model: string): Promise<Model | undefined> {
    const listed = await list().catch(() => null); // It is for a name or a saving, and neither is vital.
    return listed?.find(model);
  }

  async function requireProvider(userId: string, name: string): Promise<void> {
    if (agentService.providers().includes(name)) {
      if (plugin?.agentProvider.provider === name) await users?.clientFor(userId);
      return;
    }
    if (provider.problem && name === 'openrouter') {
      throw new RequestError('key_malformed', 'OpenRouter is not set up on this server.', {
        action: 'Ask an admin to correct the OpenRouter key.',
      });
    }
    throw new RequestError('invalid_request', `There is no provider "${name}".`, {
      action: 'Choose a model of another provider for this agent.',
    });
  }

  const generations = createGenerations({
    queries,
    sessions,
    conversations,
    messages,
    files,
    runner,
    planner: createPlanner({
      conversations,
      messages,
      agents,
      files,
      pdfEngine: config.openrouter.pdfEngine,
      requireProvider,
      findListed,
      recursionLimit: config.answers.recursionLimit,
      randomId: randomUUID,
      now,
    }),
    titles: createTitles({
      writeTitle: createTitleWriter({
        agentService,
        titleModel: config.openrouter.titleModel,
        findListed,
      }),
      conversations,
      sessions,
      logger,
    }),
    abandoned: watchAbandoned({ messages, isAlone: database.isExclusive, logger, now }),
    stopOnLeave: config.answers.stopOnLeave,
    maxRunning: config.answers.maxRunning,
    logger,
    now,
  });

  const router = Router();
  router.use(
    '/agents/chat',
    dependencies.requireAuth,
    createAgentsChatRouter({ generations, sessions, heartbeatMs: HEARTBEAT_MS }),
  );
  const parts = { conversations, messages, generations, files, logger, now };
  router.use('/convos', dependencies.requireAuth, createConvosRouter(parts));
  router.use('/messages', dependencies.requireAuth, createMessagesRouter(parts));
  return { router, close: (drainMs) => generations.close(drainMs) };
}

import { silentLogger, type Logger, type OpenRouterClient } from '@openrouter-native/openrouter';
import type { Health, Model, ProviderMode } from '@openrouter-native/protocol';
import type { RequestHandler, Router } from 'express';
import { createAgentProvider, type AgentProvider } from './agent/provider.ts';
import { createCatalogueFile } from './cache/disk.ts';
import { createRouter } from './create-router.ts';
import { createErrorHandler } from './middleware/error-handler.ts';
import { jsonBody } from './middleware/json-body.ts';
import { requestId } from './middleware/request-id.ts';
import { requireScope } from './middleware/require-scope.ts';
import type { PermitOf, Scope } from './permit.ts';
import { RequestError } from './request-error.ts';
import { createChatHandler } from './routes/chat.ts';
import { createCreditsHandler } from './routes/credits.ts';
import { createDoctorRouter, type DoctorRouteOptions } from './routes/doctor.ts';
import { createEndpointsHandler } from './routes/endpoints.ts';
import { createHealthHandler } from './routes/health.ts';
import { createModelsHandler } from './routes/models.ts';
import { createOpenApiHandler } from './routes/openapi.ts';
import { createAllowedModels } from './services/allowed-models.ts';
import { startBackgroundRefresh } from './services/background-refresh.ts';
import { createCatalogue } from './services/catalogue.ts';
import { createAskers } from './services/askers.ts';
import { createChatService } from './services/chat.ts';
import { createCreditsService } from './services/credits.ts';
import { createEndpointsService } from './services/endpoints.ts';
import { createHealth } from './services/health.ts';
import { createUpstreamStatus } from './services/upstream-status.ts';
import { createZeroRetention } from './services/zero-retention.ts';
import type { UserClients } from './users.ts';

/** Times in milliseconds. */
export interface PluginCacheOptions {
  /** @defaultValue 3_600_000; 0 asks upstream every time */
  modelsTtlMs?: number;
  /** @defaultValue 300_000; 0 asks upstream every time */
  creditsTtlMs?: number;
  /** Pause between two rounds of renewing what is about to expire. @defaultValue 240_000 */
  backgroundRefreshMs?: number | false;
  /** Folder of the last good model list. @defaultValue null, which keeps none */
  directory?: string | null;
}

export interface OpenRouterPluginOptions {
  client: OpenRouterClient;
  /** Lets a request pass, or answers it. Guards every route but `/health` and `/openapi.json`. */
  requireAuth: RequestHandler;
  /** Told by `/health`. @defaultValue `live` */
  mode?: ProviderMode;
  /** Lets each user ask with a key of their own. @defaultValue `client` asks for everybody */
  users?: UserClients;
  /** What each caller may do. @defaultValue everybody may do everything */
  permitOf?: PermitOf;
  /** Finds out what is wrong, for admins. @defaultValue none: `/doctor` is 404 */
  doctor?: DoctorRouteOptions;
  cache?: PluginCacheOptions;
  /** Ids or globs; see `createAllowedModels`. @defaultValue all */
  allowedModels?: readonly string[];
  /** Largest chat request. @defaultValue 25 MiB */
  bodyLimitBytes?: number;
  /** Silence in milliseconds after which a stream gets a comment. @defaultValue 15_000 */
  heartbeatMs?: number;
  /** How long `close` waits for running answers, in milliseconds. @defaultValue 10_000 */
  drainMs?: number;
  /** @defaultValue writes nothing */
  logger?: Logger;
  /** Told by `/health`. */
  version: string;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  now?: () => number;
}

export interface OpenRouterPlugin {
  /** `/models`, `/credits`, `/health` and `/chat/completions`; mount it at `/api/openrouter`. */
  router: Router;
  /** What the host's agent service registers. */
  agentProvider: AgentProvider;
  /** The models that users may choose. @throws OpenRouterError when no list was ever read. */
  models(): Promise<readonly Model[]>;
  health(): Health;
  /**
   * Stops the timers, lets running answers end, closes the connections. May be called twice.
   *
   * @param drainMs - How long answers may take to end. @defaultValue `drainMs` of the options
   */
  close(drainMs?: number): Promise<void>;
}

const MINUTE_MS = 60_000;
const DEFAULT_BODY_LIMIT_BYTES = 25 * 1024 * 1024;

/** OpenRouter for an Express app: four routes, their caches, and the provider for agents. */
export function createOpenRouterPlugin(options: OpenRouterPluginOptions): OpenRouterPlugin {
  const { client, cache = {}, requireAuth, users, version, now = Date.now } = options;
  const { logger = silentLogger, mode = 'live' } = options;
  const { modelsTtlMs = 60 * MINUTE_MS, creditsTtlMs = 5 * MINUTE_MS } = cache;
  const { backgroundRefreshMs = 4 * MINUTE_MS, directory = null } = cache;

  const status = createUpstreamStatus(now);
  const allowed = createAllowedModels(options.allowedModels ?? []);
  const file = directory === null ? null : createCatalogueFile(directory, client.baseURL);
  const catalogue = createCatalogue({
    client,
    status,
    allowed,
    file,
    ttlMs: modelsTtlMs,
    now,
    logger,
  });
  const askers = createAskers({ client, status, users });
  const credits = createCreditsService({ askers, ttlMs: creditsTtlMs, now });
  const zeroRetention = createZeroRetention({ client, status, now });
  const endpoints = createEndpointsService({ client, catalogue, status, now });
  const chat = createChatService({ askers, allowed });
  const health = createHealth({ catalogue, credits, status, client, mode, version, now });

  void catalogue.start();
  const stopRefreshing =
    backgroundRefreshMs === false
      ? () => undefined
      : startBackgroundRefresh(async () => {
          await catalogue.renew(modelsTtlMs > 0 ? backgroundRefreshMs : 0);
          if (creditsTtlMs > 0 && credits.known()) await credits.renew(backgroundRefreshMs);
        }, backgroundRefreshMs);

  let closed: Promise<void> | undefined;
  const router = createRouter();
  router.use(requestId());
  router.get('/health', createHealthHandler({ health }));
  const description = { version, hasDoctor: options.doctor !== undefined };
  router.get('/openapi.json', createOpenApiHandler(description));
  if (options.doctor) router.use('/doctor', createDoctorRouter(options.doctor, logger));
  router.use(requireAuth);
  const permitOf = options.permitOf ?? (() => undefined);
  const needs = (scope: Scope) => requireScope(scope, permitOf);
  router.get(
    '/models',
    needs('models'),
    createModelsHandler({ catalogue, zeroRetention, permitOf, now }),
  );
  router.get(
    '/models/:author/:slug/endpoints',
    needs('models'),
    createEndpointsHandler(endpoints, permitOf),
  );
  router.get('/credits', needs('credits'), createCreditsHandler({ credits, users }));
  router.post(
    '/chat/completions',
    needs('chat'),
    jsonBody(options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES),
    createChatHandler({
      chat,
      users,
      permitOf,
      heartbeatMs: options.heartbeatMs ?? 15_000,
      now,
      logger,
    }),
  );
  for (const path of readable) router.all(path, refuseMethod('GET'));
  router.all('/chat/completions', refuseMethod('POST'));
  router.use(() => {
    throw new RequestError('not_found', 'There is no such route.');
  });
  router.use(createErrorHandler({ logger }));

  return {
    router,
    agentProvider: createAgentProvider(chat),
    models: async () => (await catalogue.read()).value.models,
    health,
    close: (drainMs = options.drainMs ?? 10_000) => (closed ??= close(drainMs)),
  };

  async function close(drainMs: number): Promise<void> {
    stopRefreshing();
    await chat.close(drainMs);
    const parts = [catalogue, credits, endpoints, zeroRetention, client];
    await Promise.all(parts.map((part) => part.close()));
  }
}

const readable = [
  '/health',
  '/openapi.json',
  '/models',
  '/models/:author/:slug/endpoints',
  '/credits',
];

function refuseMethod(allow: string): RequestHandler {
  return function methodNotAllowed(request, response) {
    response.set('Allow', allow);
    throw new RequestError('method_not_allowed', `Use ${allow}, not ${request.method}.`);
  };
}

import { dirname, join } from 'node:path';
import { OpenRouterClient } from '@openrouter-native/openrouter';
import {
  createOpenRouterPlugin,
  RequestError,
  requestId,
  type DoctorRouteOptions,
  type UserClients,
} from '@openrouter-native/plugin';
import express, { Router, type Express, type RequestHandler } from 'express';
import { createAppTokenService } from './app-tokens/app-tokens.ts';
import { createAccessTokens } from './auth/access-token.ts';
import { createSessionService } from './auth/session-service.ts';
import { createChats } from './chats.ts';
import type { Config } from './config.ts';
import { createAgents } from './database/agents.ts';
import type { Database } from './database/database.ts';
import { createFavorites } from './database/favorites.ts';
import { createPresets } from './database/presets.ts';
import { createSessions } from './database/sessions.ts';
import { createUsers } from './database/users.ts';
import { createKeys } from './keys/keys.ts';
import { createFileService } from './files/service.ts';
import type { Logs } from './logging/logs.ts';
import { createRequestLog } from './logging/request-log.ts';
import { defaultAuthLimits, type AuthLimits } from './middleware/auth-limits.ts';
import { createCrossOrigin } from './middleware/cross-origin.ts';
import { createHostErrorHandler } from './middleware/error-handler.ts';
import { createProxyHint } from './middleware/proxy-hint.ts';
import { createRequireAdmin } from './middleware/require-admin.ts';
import { createRequireAuth } from './middleware/require-auth.ts';
import { permitOf } from './middleware/require-caller.ts';
import { createSecurityHeaders } from './middleware/security-headers.ts';
import { createWebClient } from './middleware/web-client.ts';
import { readPackageInfo } from './package-info.ts';
import { createDoctorStateHandler, createRequireDoctor } from './routes/doctor-state.ts';
import { STATE_PATH } from './doctor/state.ts';
import { createDoctorService } from './services/doctor.ts';
import { createProviderStatusHandler } from './routes/admin.ts';
import { createAgentsRouter } from './routes/agents.ts';
import { createAgentToolsHandler } from './routes/agent-tools.ts';
import { createAuthRouter } from './routes/auth.ts';
import { createEndpointsHandler } from './routes/endpoints.ts';
import { createHealthHandler } from './routes/health.ts';
import { defaultKeyLimits, type KeyLimits } from './routes/keys.ts';
import { createModelsHandler, createTokenConfigHandler } from './routes/models.ts';
import { createPreferencesRouter } from './routes/preferences.ts';
import { createProviderAwayRouter } from './routes/provider-away.ts';
import { createStartupConfigHandler } from './routes/startup-config.ts';
import { defaultTokenLimits, type TokenLimits } from './routes/tokens.ts';
import { createUserHandler } from './routes/user.ts';
import { AgentService } from './services/AgentService.ts';
import { allowedRoutes } from './services/allowed-routes.ts';
import type { Provider } from './services/provider.ts';
import { registerOpenRouter } from './services/registerOpenRouter.ts';
import type { Upstream } from './services/upstream.ts';
import { offeredTools } from './tools/offered-tools.ts';
import { createToolbox } from './tools/toolbox.ts';

/** What the app needs from outside, opened by the caller and closed by the caller. */
export interface AppDependencies {
  config: Config;
  database: Database;
  /** `null` when the configured key cannot be one: the app runs without the provider. */
  upstream: Upstream | null;
  logs: Logs;
  /** Where people open the page, told to the browser. */
  publicUrl: string;
  /** @defaultValue {@link defaultAuthLimits} */
  authLimits?: AuthLimits;
  /** @defaultValue {@link defaultKeyLimits} */
  keyLimits?: KeyLimits;
  /** @defaultValue {@link defaultTokenLimits} */
  tokenLimits?: TokenLimits;
  /**
   * How long running answers may take to end when the server stops, all of them together.
   * Milliseconds. @defaultValue 10_000
   */
  drainMs?: number;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  now?: () => number;
  /** Reads the configuration anew, to tell whether it changed. @defaultValue the one in `config` */
  readConfig?: () => Config;
  /** Folder of the built page. @defaultValue `client/dist` of this repository */
  clientDirectory?: string;
}

/** The app, ready to be given requests. */
export interface App {
  app: Express;
  agentService: AgentService;
  provider: Provider;
  /** Lets running answers end (for a bounded time), then stops what runs in the background. */
  close(): Promise<void>;
}

/** Puts the pieces together. Opens nothing and listens nowhere: that is the caller's part. */
export function createApp(dependencies: AppDependencies): App {
  const { config, database, upstream, logs, publicUrl, now = Date.now } = dependencies;
  const { directory, version } = readPackageInfo();
  const users = createUsers(database.queries);
  const accessTokens = createAccessTokens(config.secrets.jwt, now);
  const requireAuth = createRequireAuth(accessTokens);
  const requireAdmin = Router().use(requireAuth, createRequireAdmin(users));
  const doctor = createDoctorService({
    config,
    upstream,
    requireAdmin,
    readConfig: dependencies.readConfig ?? (() => config),
    now,
  });
  const client = createClient(dependencies);
  const keys = createKeys({
    queries: database.queries,
    secret: config.secrets.credentials,
    client: config.openrouter.access.mode === 'user_provided' ? client : null,
    appTitle: config.appTitle,
    publicUrl,
    requireAuth,
    limits: dependencies.keyLimits ?? defaultKeyLimits,
    now,
    logger: logs.host,
  });
  const routes = upstream && allowedRoutes(upstream.routes, config.openrouter.allowedModels ?? []);
  const appTokens = createAppTokenService({
    queries: database.queries,
    client,
    users: keys.users,
    models: async () => (await provider.plugin?.models()) ?? [],
    routes,
    requireAuth,
    requireAdmin,
    limits: dependencies.tokenLimits ?? defaultTokenLimits,
    now,
    logger: logs.host,
  });
  const provider = createProvider(dependencies, {
    client,
    requireCaller: appTokens.requireCaller,
    version,
    doctor,
    users: keys.users,
  });
  const files = createFileService({
    config,
    version,
    queries: database.queries,
    requireAuth,
    logger: logs.host,
    now,
  });
  const toolbox = createToolbox({
    ...offeredTools(config.libreChat),
    childEnvironment: config.childEnvironment,
    logger: logs.host,
    version,
    now,
  });
  const agentService = new AgentService();
  if (provider.plugin) registerOpenRouter(agentService, provider.plugin);

  const chats = createChats({
    config,
    database,
    provider,
    agentService,
    users: keys.users,
    files: files.files,
    toolbox,
    routes,
    requireAuth,
    logs,
    now,
  });

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  app.use(requestId(), createSecurityHeaders());
  app.get('/health', createHealthHandler({ queries: database.queries, logger: logs.host }));
  if (config.trustedProxies === 0) app.use(createProxyHint(logs.host));
  app.use('/api', createCrossOrigin(config));
  app.use('/api', createRequestLog(logs.host), (_request, response, next) => {
    response.set('Cache-Control', 'private, no-cache'); // Unless a route knows better.
    next();
  });
  app.use(
    '/api/openrouter',
    provider.plugin?.router ??
      createProviderAwayRouter({
        requireAuth: appTokens.requireCaller,
        doctor,
        version,
        logger: logs.openrouter,
      }),
  );
  app.use(
    '/api/auth',
    createAuthRouter({
      users,
      accessTokens,
      secret: config.secrets.jwt,
      now,
      sessionService: createSessionService({
        sessions: createSessions(database.queries),
        secret: config.secrets.jwtRefresh,
        now,
        logger: logs.host,
      }),
      isRegistrationAllowed: config.isRegistrationAllowed,
      limits: dependencies.authLimits ?? defaultAuthLimits,
      logger: logs.host,
    }),
  );
  app.get(
    '/api/config',
    createStartupConfigHandler({ config, provider, users, publicUrl, version }),
  );
  app.get('/api/user', requireAuth, createUserHandler(users));
  app.use('/api', chats.router);
  app.use(
    '/api',
    createPreferencesRouter({
      favorites: createFavorites(database.queries),
      presets: createPresets(database.queries),
      requireAuth,
      now,
    }),
  );
  app.get('/api/agents/tools', requireAuth, createAgentToolsHandler(toolbox));
  // Behind whatever else begins like the address of an agent.
  app.use(
    '/api/agents',
    requireAuth,
    createAgentsRouter({
      config,
      agents: createAgents(database.queries),
      agentService,
      provider,
      routes: dependencies.upstream?.routes ?? null,
      toolbox,
      files: files.files,
      logger: logs.host,
      now,
    }),
  );
  app.use('/api/files', files.router);
  app.use('/api/keys', keys.router);
  app.use('/api/tokens', appTokens.router);
  app.use('/api/admin/tokens', appTokens.adminRouter);
  app.get(
    '/api/endpoints',
    requireAuth,
    createEndpointsHandler({
      provider,
      fallbacks: routes?.fallbacks ?? {},
      agents: agentService,
      settings: config.libreChat,
    }),
  );
  app.get('/api/endpoints/token-config', requireAuth, createTokenConfigHandler(provider));
  app.get('/api/models', requireAuth, createModelsHandler(provider));
  app.get(
    '/api/admin/openrouter',
    requireAdmin,
    createProviderStatusHandler({ config, provider, users }),
  );
  app.get(
    STATE_PATH,
    createRequireDoctor(config.secrets.jwt, requireAdmin),
    createDoctorStateHandler({ config, now }),
  );
  app.use('/api', () => {
    throw new RequestError('not_found', 'There is no such route.');
  });
  app.use(
    createWebClient(dependencies.clientDirectory ?? join(dirname(directory), 'client', 'dist')),
  );
  app.use(() => {
    throw new RequestError('not_found', 'There is nothing at this address.');
  });
  app.use(createHostErrorHandler(logs.host));

  return {
    app,
    agentService,
    provider,
    async close() {
      const { drainMs = 10_000 } = dependencies;
      const closesAt = Date.now() + drainMs;
      await chats.close(drainMs);
      await provider.plugin?.close(Math.max(0, closesAt - Date.now()));
      await appTokens.close();
      await files.close();
      await toolbox.close();
      await keys.close();
    },
  };
}

/** `null` when the configured key cannot be one. */
function createClient({
  config,
  upstream,
  logs,
  now = Date.now,
}: AppDependencies): OpenRouterClient | null {
  if (!upstream) return null;
  const { siteUrl, siteName, allowedModels } = config.openrouter;
  return new OpenRouterClient(upstream.apiKey, {
    baseURL: upstream.baseUrl,
    managementKey: upstream.managementKey ?? undefined,
    siteUrl: siteUrl ?? undefined,
    siteName: siteName ?? undefined,
    proxy: upstream.proxy ?? undefined,
    ...allowedRoutes(upstream.routes, allowedModels ?? []),
    now,
    logger: logs.openrouter,
  });
}

/** What the provider is made of, beside the configuration. */
interface ProviderParts {
  client: OpenRouterClient | null;
  requireCaller: RequestHandler;
  version: string;
  doctor: DoctorRouteOptions;
  users: UserClients | undefined;
}

function createProvider(
  { config, upstream, logs, now = Date.now }: AppDependencies,
  { client, requireCaller, version, doctor, users }: ProviderParts,
): Provider {
  const { access, cache, allowedModels } = config.openrouter;
  if (!upstream || !client) {
    if (access.mode !== null) throw new Error('A provider that is set up needs an upstream');
    return { mode: null, plugin: null, problem: access.problem, baseUrlHost: null };
  }
  const plugin = createOpenRouterPlugin({
    client,
    mode: upstream.mode,
    requireAuth: requireCaller,
    permitOf,
    doctor,
    ...(users && { users }),
    cache: {
      modelsTtlMs: cache.modelsTtlMs,
      creditsTtlMs: cache.creditsTtlMs,
      backgroundRefreshMs: cache.backgroundRefreshMs,
      directory: upstream.cacheDirectory,
    },
    ...(allowedModels && { allowedModels }),
    logger: logs.openrouter,
    version,
    now,
  });
  return {
    mode: upstream.mode,
    plugin,
    problem: null,
    baseUrlHost: new URL(upstream.baseUrl).host,
  };
}

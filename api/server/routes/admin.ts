import type { ProviderStatus } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Users } from '../database/users.ts';
import type { Provider } from '../services/provider.ts';

/** What the route works with. */
export interface ProviderStatusDependencies {
  config: Pick<
    Config,
    'warnings' | 'openrouter' | 'isRegistrationAllowed' | 'answers' | 'files' | 'libreChat'
  >;
  provider: Provider;
  users: Pick<Users, 'count'>;
}

/** `GET /api/admin/openrouter`: how the server is set up, and what is wrong with it. Holds no key. */
export function createProviderStatusHandler({
  config,
  provider,
  users,
}: ProviderStatusDependencies): RequestHandler {
  const { mode, plugin, problem, baseUrlHost } = provider;
  const { openrouter, answers, files } = config;
  return async function handleProviderStatus(_request, response) {
    const answer: ProviderStatus = {
      configured: plugin !== null,
      mode,
      problem: problem && { ...problem },
      warnings: [...config.warnings],
      health: plugin?.health() ?? null,
      base_url_host: baseUrlHost,
      has_management_key: openrouter.managementKey !== null,
      allowed_models: openrouter.allowedModels && [...openrouter.allowedModels],
      title_model: openrouter.titleModel,
      accounts: {
        count: await users.count(),
        registration_open: config.isRegistrationAllowed,
      },
      limits: {
        running_answers: answers.maxRunning,
        model_calls: answers.recursionLimit,
        max_model_calls: answers.maxRecursionLimit,
        file_megabytes: files.fileMegabytes,
        user_megabytes: files.userMegabytes,
      },
      mcp_servers: config.libreChat.mcpServers.map(({ name, title }) => ({ name, title })),
    };
    response.set('Cache-Control', 'no-store').json(answer);
  };
}

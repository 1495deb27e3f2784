import type { FallbackPresets } from '@openrouter-native/openrouter';
import type { RequestHandler } from 'express';
import type { LibreChatSettings } from '../config/librechat-yaml.ts';
import { agentCapabilities } from '../services/agent-capabilities.ts';
import type { AgentService } from '../services/AgentService.ts';
import type { Provider } from '../services/provider.ts';

/** What the route works with. */
export interface EndpointsDependencies {
  provider: Provider;
  /** Chains of the administrator, with models that may be used only. */
  fallbacks: FallbackPresets;
  agents: AgentService;
  settings: Pick<LibreChatSettings, 'agents'>;
}

/** `GET /api/endpoints`: what the provider menu offers, as LibreChat's `TEndpointsConfig`. */
export function createEndpointsHandler(dependencies: EndpointsDependencies): RequestHandler {
  const { provider, fallbacks, agents, settings } = dependencies;
  return function handleEndpoints(_request, response) {
    response.json({
      ...(provider.plugin && {
        openrouter: {
          order: 0,
          userProvide: provider.mode === 'user_provided',
          modelDisplayLabel: 'OpenRouter',
          fallbacks,
        },
      }),
      agents: {
        order: 1,
        userProvide: false,
        disableBuilder: settings.agents.disableBuilder ?? false,
        capabilities: agentCapabilities(settings.agents),
        allowedProviders: settings.agents.allowedProviders ?? agents.providers(),
      },
    });
  };
}

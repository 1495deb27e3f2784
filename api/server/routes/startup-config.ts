import type { HostConfig } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import type { Users } from '../database/users.ts';
import type { Provider } from '../services/provider.ts';

/** What the route works with. */
export interface StartupConfigDependencies {
  config: Pick<Config, 'appTitle' | 'isRegistrationAllowed' | 'libreChat'>;
  provider: Provider;
  users: Pick<Users, 'count'>;
  /** Where people open the page. */
  publicUrl: string;
  version: string;
}

/**
 * `GET /api/config`: what the page has to know before anyone signs in. The fields of LibreChat's
 * `TStartupConfig` that mean something here, and our own.
 */
export function createStartupConfigHandler(
  dependencies: StartupConfigDependencies,
): RequestHandler {
  const { config, provider, users, publicUrl, version } = dependencies;
  let hasAccounts = false; // Accounts do not go away, so one is asked for only until it exists.
  return async function handleStartupConfig(_request, response) {
    hasAccounts ||= (await users.count()) > 0;
    const answer: HostConfig = {
      appTitle: config.appTitle,
      serverDomain: publicUrl,
      emailLoginEnabled: true,
      registrationEnabled: config.isRegistrationAllowed || !hasAccounts,
      socialLogins: [],
      socialLoginEnabled: false,
      passwordResetEnabled: false,
      emailEnabled: false,
      interface: config.libreChat.interface,
      ...(config.libreChat.modelSpecs && { modelSpecs: config.libreChat.modelSpecs }),
      openrouter: { configured: provider.plugin !== null, mode: provider.mode },
      setup: !hasAccounts,
      version,
    };
    response.json(answer);
  };
}

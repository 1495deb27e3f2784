import {
  closingChecks,
  createStreamCheck,
  setupChecks,
  upstreamChecks,
  type DoctorStep,
} from '@openrouter-native/openrouter';
import type { Config } from '../config.ts';
import { createJwtCheck } from './checks/jwt.ts';
import { createPageCheck } from './checks/page.ts';
import { createServerRestartedCheck } from './checks/server-restarted.ts';
import { createServerRunningCheck } from './checks/server-running.ts';
import { createSettingsCheck } from './checks/settings.ts';
import { createYamlCheck } from './checks/yaml.ts';
import { reasonToSkip, type DoctorTarget } from './target.ts';

/** What the checks of a host work with. */
export interface HostDoctor {
  /** What the examined server goes by. */
  config: Config;
  target: DoctorTarget;
  /** Reads the configuration anew. @throws ConfigError */
  readConfig: () => Config;
}

/** Everything that is checked, in order: from the configuration to the reader's screen. */
export function hostSteps({ config, target, readConfig }: HostDoctor): DoctorStep[] {
  return [
    ...setupChecks,
    createSettingsCheck(config.warnings),
    createYamlCheck(config.warnings),
    ...upstreamChecks,
    createServerRunningCheck(target),
    createServerRestartedCheck(target, readConfig),
    createPageCheck(target),
    createStreamCheck({
      id: 'stream_own',
      title: 'Streaming through our own route',
      async target(earlier) {
        const reason = reasonToSkip(earlier);
        return reason ?? { url: new URL(target.localUrl), token: await target.token() };
      },
    }),
    createStreamCheck({
      id: 'stream_public',
      title: 'Streaming through the public address',
      async target() {
        if (!target.publicUrl) return 'No public address was given (--public-url).';
        return { url: target.publicUrl, token: await target.token() };
      },
    }),
    createJwtCheck(config),
    ...closingChecks,
  ];
}

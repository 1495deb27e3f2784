import type { OpenRouterPlugin } from '@openrouter-native/plugin';
import type { ProviderMode } from '@openrouter-native/protocol';
import type { AccessProblem } from '../config/openrouter-key.ts';

/** OpenRouter as this server has it: running, or away for a reason that an admin can read. */
export type Provider =
  | { mode: ProviderMode; plugin: OpenRouterPlugin; problem: null; baseUrlHost: string }
  | { mode: null; plugin: null; problem: AccessProblem; baseUrlHost: null };

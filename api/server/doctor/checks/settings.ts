import type { DoctorStep } from '@openrouter-native/openrouter';
import { isAboutLeftover } from '../../config/librechat-yaml.ts';

/** Settings that do nothing, or something unwanted: misspelt names, contradictions. */
export function createSettingsCheck(warnings: readonly string[]): DoctorStep {
  return {
    id: 'settings',
    title: 'Settings without a fault',
    run() {
      const others = warnings.filter((text) => !isAboutLeftover(text) && !isAboutKey(text));
      if (others.length === 0) {
        return { status: 'ok', evidence: ['Every setting is known and in effect.'] };
      }
      return { status: 'warning', cause: 'settings_doubtful', evidence: others };
    },
  };
}

/** The key has checks of its own. */
function isAboutKey(warning: string): boolean {
  return /^OPENROUTER_(API_)?KEY /.test(warning);
}

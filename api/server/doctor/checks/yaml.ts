import type { DoctorStep } from '@openrouter-native/openrouter';
import { isAboutLeftover } from '../../config/librechat-yaml.ts';

/** Is OpenRouter still a custom endpoint in `librechat.yaml`? */
export function createYamlCheck(warnings: readonly string[]): DoctorStep {
  return {
    id: 'yaml',
    title: 'Nothing left in librechat.yaml',
    run() {
      const leftovers = warnings.filter(isAboutLeftover);
      if (leftovers.length === 0) {
        return { status: 'ok', evidence: ['endpoints.custom has no entry for OpenRouter.'] };
      }
      return { status: 'warning', cause: 'yaml_leftover', evidence: leftovers };
    },
  };
}

import type { AgentVersion } from '@openrouter-native/protocol';
import { differingFields, toDraft, type AgentField } from '@openrouter-native/react';

/** A state an agent was saved in, beside the one before it. */
export interface VersionStep {
  version: AgentVersion;
  /** `null` when it is the first one, or the one before is not kept any more. */
  changed: readonly AgentField[] | null;
  isCurrent: boolean;
}

/** @param versions - Oldest first, as the server lists them. @returns Newest first. */
export function toVersionSteps(versions: readonly AgentVersion[]): readonly VersionStep[] {
  return versions
    .map((version, index) => {
      const before = versions[index - 1];
      return {
        version,
        changed: before ? differingFields(toDraft(before), toDraft(version)) : null,
        isCurrent: index === versions.length - 1,
      };
    })
    .toReversed();
}

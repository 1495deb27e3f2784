import type { AgentVersion } from '@openrouter-native/protocol';
import { agentFieldNames, type AgentField } from '@openrouter-native/react';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';

/** What an agent was made of, in words. The provider is told with the model. */
export function versionFacts(
  version: AgentVersion,
  t: TFunction,
  format: Format,
): { field: AgentField; text: string }[] {
  return agentFieldNames
    .filter((field) => field !== 'provider')
    .map((field) => ({ field, text: textOf(version, field, t, format) }));
}

function textOf(version: AgentVersion, field: AgentField, t: TFunction, format: Format): string {
  switch (field) {
    case 'file_ids':
      return version.file_ids.length === 0
        ? t('agents.nothingSet')
        : t('agents.fileCount', { count: version.file_ids.length });
    case 'recursion_limit':
      return version.recursion_limit === null
        ? t('agents.stepsDefault')
        : format.count(version.recursion_limit);
    case 'spending_limit':
      return version.spending_limit === null
        ? t('agents.noLimit')
        : format.charge(version.spending_limit);
    case 'model_parameters':
      return Object.keys(version.model_parameters).length === 0
        ? t('agents.nothingSet')
        : JSON.stringify(version.model_parameters, null, 2);
    case 'tools':
    case 'conversation_starters':
      return version[field].join('\n') || t('agents.nothingSet');
    default:
      return version[field] ?? t('agents.nothingSet');
  }
}

import type { AnswerSettings } from '@openrouter-native/react';
import { isNothing, objectAt, type ModelParameters } from './parameters.ts';
import { readFurther } from './further-parameters.ts';

/** What the form changes; who answers is chosen elsewhere. */
export type FormSettings = Pick<
  AnswerSettings,
  'promptPrefix' | 'model_parameters' | 'spending_limit' | 'recursion_limit'
>;

/** The parts of the form, in their order. */
export const settingsSections = [
  'system',
  'parameters',
  'reasoning',
  'search',
  'fallbacks',
  'providers',
  'limits',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

const SECTION_OF: Readonly<Record<string, SettingsSection>> = {
  models: 'fallbacks',
  fallbacks: 'fallbacks',
  allow_dearer_fallbacks: 'fallbacks',
};

/** How many settings of each part differ from the defaults. */
export function countSettings(settings: FormSettings): Record<SettingsSection, number> {
  const counts = Object.fromEntries(settingsSections.map((section) => [section, 0])) as Record<
    SettingsSection,
    number
  >;
  const parameters: ModelParameters = settings.model_parameters ?? {};
  const further = readFurther(parameters);
  counts.parameters += Object.keys(further).length;
  counts.reasoning += countOwn(parameters, further, 'reasoning');
  counts.providers += countOwn(parameters, further, 'provider');
  counts.search += countEntries(parameters, further, 'tools');
  counts.search += countEntries(parameters, further, 'plugins');
  for (const [name, value] of Object.entries(parameters)) {
    if (isNothing(value) || NESTED.has(name) || name in further) continue;
    counts[SECTION_OF[name] ?? 'parameters'] += 1;
  }
  if (!isNothing(settings.promptPrefix)) counts.system += 1;
  for (const limit of [settings.spending_limit, settings.recursion_limit]) {
    if (!isNothing(limit)) counts.limits += 1;
  }
  return counts;
}

/** How many settings of a conversation differ from the defaults. */
export function countAll(settings: AnswerSettings): number {
  const counts = countSettings(settings);
  return sectionsOf(settings).reduce((sum, section) => sum + counts[section], 0);
}

/** The parts that a conversation has; to an agent belongs everything but the limits. */
export function sectionsOf({ agent_id: agentId }: AnswerSettings): readonly SettingsSection[] {
  return agentId == null ? settingsSections : OF_AGENTS;
}

const OF_AGENTS: readonly SettingsSection[] = ['limits'];

const NESTED: ReadonlySet<string> = new Set(['reasoning', 'provider', 'tools', 'plugins']);

function countOwn(parameters: ModelParameters, further: ModelParameters, name: string): number {
  const all = Object.values(objectAt(parameters, name)).filter((value) => !isNothing(value));
  return all.length - Object.keys(objectAt(further, name)).length;
}

function countEntries(parameters: ModelParameters, further: ModelParameters, name: string): number {
  return lengthOf(parameters[name]) - lengthOf(further[name]);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

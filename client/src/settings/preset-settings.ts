import type { Preset, PresetFields } from '@openrouter-native/protocol';
import type { AnswerSettings } from '@openrouter-native/react';
import { isSameJson } from './same-json.ts';

/** What a preset keeps of the settings of an answer. */
export type PresetSettings = Pick<
  AnswerSettings,
  'model' | 'promptPrefix' | 'model_parameters' | 'spending_limit'
>;

/** The settings of an answer under a name. */
export function toPresetFields(title: string, settings: AnswerSettings): PresetFields {
  return {
    title,
    model: settings.model ?? null,
    promptPrefix: settings.promptPrefix || null,
    model_parameters: settings.model_parameters ?? {},
    spending_limit: settings.spending_limit ?? null,
  };
}

/** All that a preset says; one without a model leaves the model as it is. */
export function fromPreset(preset: PresetFields): PresetSettings {
  const { model, promptPrefix, model_parameters: parameters, spending_limit: limit } = preset;
  return {
    ...(model !== null && { model }),
    promptPrefix,
    model_parameters: parameters,
    spending_limit: limit,
  };
}

/** Whether an answer would be given with just these settings. */
export function isInForce(preset: Preset, settings: AnswerSettings): boolean {
  const { model, promptPrefix, model_parameters: parameters, spending_limit: limit } = preset;
  const now = toPresetFields(preset.title, settings);
  return (
    (model === null || model === now.model) &&
    (promptPrefix || null) === now.promptPrefix &&
    limit === now.spending_limit &&
    isSameJson(parameters, now.model_parameters)
  );
}

import { baseIdOf } from '../models/families.ts';
import { withParameter, type ModelParameters } from './parameters.ts';

/** The chosen model counts among the ten that are tried at most. */
export const MAX_FALLBACKS = 9;

/** What follows on the models that a person named: the administrator's chain, or nothing. */
export interface FallbackChain {
  /** Ids, best first. */
  models: readonly string[];
  /** Name of a chain of the administrator; `null` = the one called `default`, where there is one. */
  preset: string | null;
  /** Of the administrator's chain also what costs more than the chosen model. */
  allowsDearer: boolean;
}

export const NO_PRESET = 'none';

/** The name that a chain has which nobody has to name. */
export const DEFAULT_PRESET = 'default';

/** Why a model cannot be added; `null` when it can. */
export type ChainRefusal = 'full' | 'chosen' | 'twice' | 'router' | null;

export function readChain(parameters: ModelParameters): FallbackChain {
  const { models, fallbacks, allow_dearer_fallbacks: dearer } = parameters;
  return {
    models: Array.isArray(models) ? models.filter((id) => typeof id === 'string') : [],
    preset: fallbacks === false ? NO_PRESET : typeof fallbacks === 'string' ? fallbacks : null,
    allowsDearer: dearer === true,
  };
}

export function writeChain(
  parameters: ModelParameters,
  { models, preset, allowsDearer }: FallbackChain,
): ModelParameters {
  const withModels = withParameter(parameters, 'models', models);
  const withPreset = withParameter(withModels, 'fallbacks', preset);
  return withParameter(withPreset, 'allow_dearer_fallbacks', allowsDearer ? true : null);
}

/** Whether a model may stand at the end of the chain of another. */
export function refusalOf(
  models: readonly string[],
  chosenId: string | null,
  id: string,
): ChainRefusal {
  if (models.includes(id)) return 'twice';
  if (id === chosenId) return 'chosen';
  if (baseIdOf(id).startsWith('openrouter/')) return 'router'; // Picks by itself; upstream asks it alone.
  return models.length >= MAX_FALLBACKS ? 'full' : null;
}

/** A copy of a list with one entry in another place; unchanged when that place is not in the list. */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length || from === to) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

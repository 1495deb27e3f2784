import {
  isLeaving,
  isRetired,
  lacksOf,
  noNeeds,
  suggestModels,
  type Lack,
  type Model,
  type ModelNeeds,
} from '@openrouter-native/protocol';
import type { AgentDraft } from '@openrouter-native/react';
import { z } from 'zod';
import { baseIdOf } from '../models/families.ts';

/** Why a model does not suit an agent. */
export type Misfit =
  /** `day` is the last one, ISO 8601. */
  | { kind: 'retired' | 'leaving'; model: Model; day: string }
  | { kind: 'lacks'; model: Model; lacks: readonly Lack[] };

/** What is the matter, and up to three models that would do, best first. */
export interface FitVerdict {
  misfit: Misfit;
  suggestions: readonly Model[];
}

/**
 * Judges by the same rules as the server, which knows of some models more than the catalogue says:
 * what is not listed is left to it.
 *
 * @param fileTypes - Media types of the agent's files.
 * @returns `null` when the model suits, as far as is known.
 */
export function judgeModel(
  draft: Pick<AgentDraft, 'model' | 'tools' | 'spending_limit' | 'model_parameters'>,
  models: readonly Model[],
  fileTypes: readonly string[],
  at: Date,
): FitVerdict | null {
  const { model: id } = draft;
  const model = id === null ? undefined : findModel(models, id);
  if (id === null || !model) return null;
  const needs = needsOf(draft, fileTypes);
  const misfit = misfitOf(model, needs, at);
  if (!misfit) return null;
  const others = fallbacksOf(draft.model_parameters).flatMap(
    (each) => findModel(models, each) ?? [],
  );
  const isOnlyNotice = misfit.kind === 'leaving';
  if (others.some((other) => isSuitable(other, needs, at)) && !isOnlyNotice) return null;
  return { misfit, suggestions: suggestModels(models, needs, id, at) };
}

/** What an agent needs of its model beyond words. */
function needsOf(
  { tools, spending_limit: limit, model_parameters: parameters }: Parameters<typeof judgeModel>[0],
  fileTypes: readonly string[],
): ModelNeeds {
  const media = fileTypes.map((type) => type.split('/', 1)[0] ?? '');
  return {
    ...noNeeds,
    tools: tools.length > 0,
    // Texts and PDF files reach every model.
    input: ['image', 'audio', 'video'].filter((medium) => media.includes(medium)),
    output: (parametersSchema.parse(parameters).modalities ?? []).filter((each) => each !== 'text'),
    knownPrice: limit.trim() !== '',
  };
}

/** What of the parameters counts here; what is not as it should be is the server's to refuse. */
const parametersSchema = z.object({
  models: z.array(z.string()).optional().catch(undefined),
  modalities: z.array(z.string()).optional().catch(undefined),
});

function fallbacksOf(parameters: AgentDraft['model_parameters']): readonly string[] {
  return parametersSchema.parse(parameters).models ?? [];
}

function misfitOf(model: Model, needs: ModelNeeds, at: Date): Misfit | null {
  const day = model.expiration_date ?? '';
  if (isRetired(model, at)) return { kind: 'retired', model, day };
  const lacks = lacksOf(model, needs);
  if (lacks.length > 0) return { kind: 'lacks', model, lacks };
  return isLeaving(model, at) ? { kind: 'leaving', model, day } : null;
}

function isSuitable(model: Model, needs: ModelNeeds, at: Date): boolean {
  return !isRetired(model, at) && lacksOf(model, needs).length === 0;
}

/** The catalogue's row for an id, which may ask for a way of choosing the provider. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  const base = baseIdOf(id);
  return models.find((model) => model.id === id) ?? models.find((model) => model.id === base);
}

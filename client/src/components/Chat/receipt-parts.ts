import type { AssistantMessage } from '@openrouter-native/react';
import { formatCount } from '../../format/counts.ts';
import { formatCharge } from '../../format/money.ts';
import { shortName } from '../../models/facts.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';

const COST_UNKNOWN = 'cost unknown';

/** The name of the model that answered, and the one asked for when that is another. */
export interface ServedNames {
  served: string | null;
  /** `null` when the model that was asked for answered itself. */
  requested: string | null;
}

/** Compares by the dated slug that answers carry, so a model that answered itself is named once. */
export function servedNames(message: AssistantMessage, index: ModelIndex): ServedNames {
  const { requestedModel, servedModel } = message;
  const requested = index.byId.get(requestedModel);
  const requestedName = requested ? shortName(requested) : requestedModel;
  if (servedModel === null) return { served: null, requested: requestedName };

  const isItself = servedModel === requestedModel || servedModel === requested?.canonical_slug;
  if (isItself) return { served: requestedName, requested: null };
  const served = index.byServedSlug.get(servedModel) ?? index.byId.get(servedModel);
  return { served: served ? shortName(served) : servedModel, requested: requestedName };
}

/**
 * Tokens and cost as reported. Unreported tokens are left out; an unreported cost is called unknown, for
 * a model that began to answer charges. Nothing unknown is shown as 0.
 */
export function usageParts({ usage, servedModel }: AssistantMessage): string[] {
  if (!usage) return servedModel === null ? [] : [COST_UNKNOWN];
  const { prompt_tokens: prompt, completion_tokens: completion, cost } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return [
    prompt == null ? '' : `${formatCount(prompt)} in${details(cached, 'cached')}`,
    completion == null ? '' : `${formatCount(completion)} out${details(reasoning, 'reasoning')}`,
    cost == null ? COST_UNKNOWN : formatCharge(cost),
  ].filter((part) => part !== '');
}

function details(count: number, word: string): string {
  return count > 0 ? ` (${formatCount(count)} ${word})` : '';
}

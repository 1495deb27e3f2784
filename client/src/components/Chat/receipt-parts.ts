import type { Message } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';
import { shortName } from '../../models/facts.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';

/** The name of the model that answered, and the one asked for when that is another. */
export interface ServedNames {
  served: string | null;
  /** `null` when the model that was asked for answered itself. */
  requested: string | null;
}

/** Compares by the dated slug that answers carry, so a model that answered itself is named once. */
export function servedNames(message: Message, index: ModelIndex): ServedNames {
  const servedModel = message.served_model ?? null;
  const requestedModel = message.model ?? '';
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
export function usageParts(
  { usage, served_model: served }: Message,
  t: TFunction,
  format: Format,
): string[] {
  if (!usage) return served == null ? [] : [t('chat.costUnknown')];
  const { prompt_tokens: prompt, completion_tokens: completion, cost } = usage;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  const details = (count: number, key: 'chat.tokensCached' | 'chat.tokensReasoning') =>
    count > 0 ? ` (${t(key, { tokens: format.count(count) })})` : '';
  return [
    prompt == null
      ? ''
      : t('chat.tokensIn', { tokens: format.count(prompt) }) + details(cached, 'chat.tokensCached'),
    completion == null
      ? ''
      : t('chat.tokensOut', { tokens: format.count(completion) }) +
        details(reasoning, 'chat.tokensReasoning'),
    cost == null ? t('chat.costUnknown') : format.charge(cost),
  ].filter((part) => part !== '');
}

import type { Message } from '@openrouter-native/protocol';
import { shortName } from '../../models/facts.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';

/** The name of the model that answered, and the one asked for when that is another. */
export interface ServedNames {
  served: string | null;
  /** `null` when the model that was asked for answered itself. */
  requested: string | null;
}

/** Compares by the dated slug that answers carry, so a model that answered itself is named once. */
export function servedNames(
  message: Pick<Message, 'model' | 'served_model'>,
  index: ModelIndex,
): ServedNames {
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

import type { Model } from '@openrouter-native/protocol';
import { useModels } from '@openrouter-native/react';
import { useMemo } from 'react';

/** The catalogue by what a request asks for, and by what an answer says. */
export interface ModelIndex {
  byId: ReadonlyMap<string, Model>;
  /** Answers name the dated slug; a model and its variants share one, and the plain model wins. */
  byServedSlug: ReadonlyMap<string, Model>;
}

/** Empty maps until the catalogue is there; the same object until it changes. */
export function useModelIndex(): ModelIndex {
  const { data } = useModels();
  return useMemo(() => {
    const models = data?.models ?? [];
    const byServedSlug = new Map<string, Model>();
    for (const model of models) {
      const slug = model.canonical_slug;
      if (slug != null && (!byServedSlug.has(slug) || !model.id.includes(':'))) {
        byServedSlug.set(slug, model);
      }
    }
    return { byId: new Map(models.map((model) => [model.id, model])), byServedSlug };
  }, [data]);
}

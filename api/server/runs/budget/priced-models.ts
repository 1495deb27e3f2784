import { chooseChain, type FallbackPresets } from '@openrouter-native/openrouter';
import { hasPrice, type ChatRequest, type Model } from '@openrouter-native/protocol';

/** Finds a listed model by whatever a request may call it. */
export type FindModel = (id: string) => Model | undefined;

/** The models that a request names itself, and what its aliases stand for; `null` when a price is unknown. */
export function namedModels(request: ChatRequest, find: FindModel): Model[] | null {
  const { chain } = chooseChain({ ...request, fallbacks: 'none' }, { presets: {}, facts: find });
  return pricedRows(chain, find);
}

/** Every model that may answer a request. */
export interface AnsweringModels {
  /** As they are asked for, best first. */
  chain: string[];
  models: Model[];
}

/**
 * The chain that a request of known price comes to: its own models, and of its fallback preset those
 * whose price is known. What the planner would leave out as too dear is left out.
 *
 * @param request - With its `max_price`.
 * @throws OpenRouterError `invalid_request` for a preset that is not configured.
 */
export function answeringModels(
  request: ChatRequest,
  find: FindModel,
  presets: FallbackPresets,
): AnsweringModels {
  const { chain } = chooseChain(request, { presets, facts: find });
  const priced = chain.flatMap((id) => {
    const models = pricedRows([id], find);
    return models ? [{ id, models }] : [];
  });
  return {
    chain: priced.map(({ id }) => id),
    models: priced.flatMap(({ models }) => models),
  };
}

function pricedRows(ids: readonly string[], find: FindModel): Model[] | null {
  const rows = ids.flatMap((id) => {
    const model = find(id);
    const target = model && targetOf(model);
    return target === undefined ? [model] : [model, find(target)];
  });
  return rows.length > 0 && rows.every((model) => model !== undefined && hasPrice(model))
    ? (rows as Model[])
    : null;
}

/** What an alias (`~author/family-latest`) stands for at this moment. */
function targetOf(model: Model): string | undefined {
  const target = model['alias_target'] as { slug?: unknown } | null | undefined;
  return typeof target?.slug === 'string' ? target.slug : undefined;
}

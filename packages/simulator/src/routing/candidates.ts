import type { Model } from '@openrouter-native/protocol';
import { isRouter, type Catalogue } from '../catalogue/catalogue.ts';
import { catalogueVariant, parseModelId, type RoutingVariant } from '../catalogue/model-id.ts';
import { ApiError } from '../errors.ts';
import { read, type JsonObject } from '../json.ts';
import { pickModel, type PickNeeds } from './pick.ts';

/** Used when a request names no model: what an account has as its default. */
const DEFAULT_MODEL = 'openrouter/auto';
const MAX_FALLBACK_MODELS = 3;
const DOCS_URL = 'https://openrouter.ai/docs/api/reference/errors-and-debugging';

/** How a model came to be tried; what `openrouter_metadata.strategy` says. */
export type Strategy =
  'direct' | 'auto' | 'free' | 'latest' | 'fallback' | 'pareto' | 'bodybuilder' | 'fusion';

/** A model to try, in the order of preference. */
export interface Candidate {
  /** As the request wrote it. */
  readonly requested: string;
  /** The concrete row: aliases followed, routers asked. */
  readonly model: Model;
  readonly variants: readonly RoutingVariant[];
  readonly strategy: Strategy;
}

/**
 * The ids that a body asks for, in order of preference.
 *
 * @throws {@link ApiError} 400 for more than three `models`.
 */
export function askedModels(body: JsonObject): string[] {
  const fallbacks = read.texts(body, 'models') ?? [];
  if (fallbacks.length > MAX_FALLBACK_MODELS) {
    throw new ApiError(400, `'models' array must have ${MAX_FALLBACK_MODELS} items or fewer.`, {
      metadata: { error_type: 'invalid_request' },
    });
  }
  const first = read.text(body, 'model');
  const ids = [...(first === null ? [] : [first]), ...fallbacks];
  return ids.length > 0 ? [...new Set(ids)] : [DEFAULT_MODEL];
}

/**
 * Turns an id into a concrete model.
 *
 * @throws {@link ApiError} 400 for an unknown id or variant, 404 for a batch-only row and for a router
 *   that finds nothing to pick.
 */
export function resolveCandidate(catalogue: Catalogue, id: string, needs: PickNeeds): Candidate {
  const { row, routing } = parseModelId(id);
  const found = catalogue.find(row);
  if (!found) throw unknownModel(id);
  if (catalogueVariant(row) === 'batch') {
    throw new ApiError(404, `${row} is only available through the Batch API`, {
      metadata: { error_type: 'not_found' },
    });
  }
  if (found.architecture?.output_modalities?.some((output) => output === 'embeddings')) {
    throw new ApiError(400, `${row} cannot be used with this endpoint`, {
      availability: {
        code: 'wrong_endpoint',
        retryable: false,
        requested_models: [id],
        docs_url: DOCS_URL,
      },
    });
  }
  if (isRouter(found)) {
    const { model, strategy } = pickModel(catalogue, found, needs);
    return { requested: id, model, variants: routing, strategy };
  }
  const model = catalogue.target(found);
  return {
    requested: id,
    model,
    variants: routing,
    strategy: model === found ? 'direct' : 'latest',
  };
}

function unknownModel(id: string): ApiError {
  return new ApiError(400, `${id} is not a valid model ID`, {
    metadata: { error_type: 'invalid_request' },
    availability: {
      code: 'model_not_found',
      retryable: false,
      requested_models: [id],
      docs_url: DOCS_URL,
    },
  });
}

import type { Model } from '@openrouter-native/protocol';
import { benchmark, isRouter, type Catalogue } from '../catalogue/catalogue.ts';
import { catalogueVariant } from '../catalogue/model-id.ts';
import { ApiError } from '../errors.ts';
import { createRandom } from '../generate/seed.ts';
import { isObject, read, type JsonObject } from '../json.ts';
import type { Strategy } from './candidates.ts';

/** What a router looks at. */
export interface PickNeeds {
  readonly body: JsonObject;
  /** Prompt or session: the same one gets the same pick. */
  readonly seed: string;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly needsTools: boolean;
  readonly isAboutCode: boolean;
}

/** Above this price, in US dollars per million prompt tokens, a router picks nothing by itself. */
const MAX_PICK_PRICE = 5;
/** A router chooses among this many of the best that fit. */
const SHORT_LIST = 8;

const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'openrouter/free': 'free',
  'openrouter/pareto-code': 'pareto',
  'openrouter/bodybuilder': 'bodybuilder',
  'openrouter/fusion': 'fusion',
};

/**
 * The model that a router answers with: one of the best that fit the request and the router's plugin.
 *
 * @throws {@link ApiError} 404 when nothing fits.
 */
export function pickModel(
  catalogue: Catalogue,
  router: Model,
  needs: PickNeeds,
): { model: Model; strategy: Strategy } {
  const strategy = STRATEGIES[router.id] ?? 'auto';
  const wantsFree = strategy === 'free';
  const isAllowed = readRestrictions(needs.body, router.id);
  const index = needs.isAboutCode || strategy === 'pareto' ? 'coding_index' : 'intelligence_index';

  const fitting = catalogue.models
    .filter((model) => !isRouter(model) && catalogue.target(model) === model)
    .filter(({ id }) => catalogueVariant(id) === (wantsFree ? 'free' : null))
    .filter((model) => wantsFree || isAffordable(model))
    .filter((model) => fits(model, needs) && isAllowed(model.id))
    .toSorted((one, other) => benchmark(other, index) - benchmark(one, index))
    .slice(0, SHORT_LIST);
  if (fitting.length === 0) {
    throw new ApiError(404, 'No models match your request and model restrictions', {
      metadata: { error_type: 'not_found' },
    });
  }
  return { model: createRandom(`pick ${router.id} ${needs.seed}`).pick(fitting), strategy };
}

function isAffordable({ pricing }: Model): boolean {
  const perMillion = Number(pricing.prompt) * 1e6;
  return perMillion > 0 && perMillion <= MAX_PICK_PRICE;
}

function fits(
  { architecture, supported_parameters: parameters }: Model,
  needs: PickNeeds,
): boolean {
  const inputs = architecture?.input_modalities ?? ['text'];
  const outputs = architecture?.output_modalities ?? ['text'];
  return (
    needs.inputModalities.every((modality) => inputs.includes(modality)) &&
    needs.outputModalities.every((modality) => outputs.includes(modality)) &&
    (!needs.needsTools || (parameters?.includes('tools') ?? false))
  );
}

/** The router's own plugin narrows the choice; settings under another router's id do nothing. */
function readRestrictions(body: JsonObject, routerId: string): (id: string) => boolean {
  const pluginId = routerId === 'openrouter/auto-beta' ? 'auto-beta-router' : 'auto-router';
  const plugin = (read.array(body, 'plugins') ?? [])
    .filter(isObject)
    .find(({ id, enabled }) => id === pluginId && enabled !== false);
  const allowed = plugin ? read.texts(plugin, 'allowed_models') : null;
  const excluded = (plugin && read.texts(plugin, 'excluded_models')) ?? [];
  return (id) =>
    (allowed === null || allowed.some((pattern) => matchesWildcard(id, pattern))) &&
    !excluded.some((pattern) => matchesWildcard(id, pattern));
}

function matchesWildcard(id: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(id);
}

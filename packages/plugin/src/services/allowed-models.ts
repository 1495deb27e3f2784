import type { ChatRequest } from '@openrouter-native/protocol';
import { RequestError } from '../request-error.ts';

/** Suffixes that only change the routing of a model, not which model it is. */
const ROUTING_SUFFIX = /:(nitro|floor|exacto|online)$/;

/** Which models users may see and ask for. */
export interface AllowedModels {
  includes(model: string): boolean;
  /** @throws RequestError when the request names a model outside the list, or none at all. */
  check(request: ChatRequest): void;
}

/**
 * @param patterns - Ids, or globs in which `*` stands for any characters: `openai/*`, `*:free`. An
 *   empty list allows everything.
 */
export function createAllowedModels(patterns: readonly string[]): AllowedModels {
  const expressions = patterns.map(toExpression);
  const includes = (model: string): boolean => {
    if (expressions.length === 0) return true;
    const base = withoutRoutingSuffixes(model);
    return expressions.some((expression) => expression.test(model) || expression.test(base));
  };
  return {
    includes,
    check(request) {
      if (expressions.length === 0) return;
      const models = [request.model, ...(request.models ?? [])].filter(
        (model) => model !== undefined,
      );
      // Without a model, or with a preset, OpenRouter's account settings would choose one.
      if (models.length === 0 || 'preset' in request) {
        throw new RequestError(
          'model_not_allowed',
          'Name one of the models that are allowed here.',
        );
      }
      const refused = models.find((model) => !includes(model));
      if (refused !== undefined) {
        throw new RequestError('model_not_allowed', `The model ${refused} is not allowed here.`);
      }
    },
  };
}

function toExpression(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

function withoutRoutingSuffixes(model: string): string {
  const base = model.replace(ROUTING_SUFFIX, '');
  return base === model ? model : withoutRoutingSuffixes(base);
}

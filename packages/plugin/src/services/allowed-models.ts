import type { ChatRequest } from '@openrouter-native/protocol';
import { RequestError } from '../request-error.ts';

/** Suffixes that only change the routing of a model, not which model it is. */
const ROUTING_SUFFIX = /:(nitro|floor|exacto|online)$/;

/**
 * What OpenRouter does without asking further models. All else is refused: `fusion`, `advisor`,
 * `subagent` and `image_generation` have other models work, and so may what comes tomorrow.
 */
const PLAIN_TOOL = new RegExp(
  `^(function|(openrouter:)?(${[
    'web_search\\w*',
    'web_fetch',
    'datetime',
    'apply_patch',
    'bash',
    'shell',
    'files',
    'tool_search',
    'experimental__search_models',
  ].join('|')}))$`,
);
const PLAIN_PLUGINS = new Set([
  'web',
  'web-fetch',
  'file-parser',
  'response-healing',
  'context-compression',
  'moderation',
  // They narrow a router, which has to be allowed itself.
  'auto-router',
  'auto-beta-router',
  'pareto-router',
  'switchyard-router',
]);

/** Which models users may see and ask for. */
export interface AllowedModels {
  includes(model: string): boolean;
  /** @throws RequestError when the request may reach a model outside the list, or names none at all. */
  check(request: ChatRequest): void;
}

/**
 * @param patterns - Ids, or globs in which `*` stands for any characters: `openai/*`, `*:free`. An
 *   empty list allows everything.
 */
export function createAllowedModels(patterns: readonly string[]): AllowedModels {
  const matchers = patterns.map(toMatcher);
  // A preset brings a model of its own, so a pattern has to speak of presets to mean one.
  const forPresets = patterns.filter(namesPreset).map(toMatcher);
  const includes = (model: string): boolean => {
    if (matchers.length === 0) return true;
    const base = withoutRoutingSuffixes(model);
    const candidates = namesPreset(model) ? forPresets : matchers;
    return candidates.some((matches) => matches(model) || matches(base));
  };
  return {
    includes,
    check(request) {
      if (matchers.length === 0) return;
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
      const refused = models.find((model) => !includes(model) || !includes(withoutThinking(model)));
      if (refused !== undefined) {
        throw new RequestError('model_not_allowed', `The model ${refused} is not allowed here.`);
      }
      refuseHelpers(request);
      refuseWiderRouters(request, includes);
    },
  };
}

function namesPreset(model: string): boolean {
  return model.includes('@');
}

/** @throws RequestError for tools and plugins that may have other models work. */
function refuseHelpers({ tools, plugins }: ChatRequest): void {
  const tool = tools?.find(({ type }) => !PLAIN_TOOL.test(type));
  const plugin = plugins?.find(({ id, enabled }) => !PLAIN_PLUGINS.has(id) && enabled !== false);
  const name = tool ? `tool ${tool.type}` : plugin && `plugin ${plugin.id}`;
  if (name === undefined) return;
  throw new RequestError('model_not_allowed', `The ${name} may ask other models, which is not allowed here.`); // prettier-ignore
}

/** A router that is allowed may be narrowed by the request, to models that are allowed themselves. */
function refuseWiderRouters({ plugins }: ChatRequest, includes: (model: string) => boolean): void {
  for (const { id, allowed_models: models = [] } of plugins ?? []) {
    // A pattern that one of ours matches as a text has no match that ours would refuse.
    if (Array.isArray(models) && models.every((model) => includes(String(model)))) continue;
    throw new RequestError('model_not_allowed', `The plugin ${id} names models that are not allowed here.`); // prettier-ignore
  }
}

/** By hand: an expression made of a pattern with many `*` can take for ever on a text that it does not match. */
function toMatcher(pattern: string): (text: string) => boolean {
  const [start = '', ...middle] = pattern.split('*');
  const end = middle.pop();
  if (end === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(start)) return false;
    let at = start.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return text.length - end.length >= at && text.endsWith(end);
  };
}

/** `:thinking` is a retired form: it is sent as the model itself, with reasoning on. */
function withoutThinking(model: string): string {
  return model.replace(/:thinking$/, '');
}

function withoutRoutingSuffixes(model: string): string {
  const base = model.replace(ROUTING_SUFFIX, '');
  return base === model ? model : withoutRoutingSuffixes(base);
}

import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { without, type Normaliser } from './change.ts';

/**
 * Translates forms that OpenRouter has retired into the ones that took their place, so that old
 * clients keep their meaning instead of being ignored.
 *
 * @param find - Looks a model up in the catalogue, by its very name.
 * @see https://openrouter.ai/docs/features/message-transforms
 */
export function translateRetired(find: (model: string) => Model | undefined): Normaliser {
  const online = createOnline(find);
  const thinking = createThinking(find);
  const steps = [transforms, route, quantization, online, thinking, includeReasoning, usageInclude];
  return (request, note) => steps.reduce((current, step) => step(current, note), request);
}

const transforms: Normaliser = (request, note) => {
  if (!Array.isArray(request['transforms'])) return request;
  const rest = without(request, 'transforms');
  const id = 'context-compression';
  if (request.plugins?.some((plugin) => plugin.id === id)) {
    note({ field: 'transforms', change: `left out: the plugin ${id} is there` });
    return rest;
  }
  note({ field: 'transforms', change: `sent as the plugin ${id}` });
  const isOn = request['transforms'].includes('middle-out');
  return { ...rest, plugins: [...(request.plugins ?? []), isOn ? { id } : { id, enabled: false }] };
};

/** `fallback` is what `models` does anyway; `sort` compares the endpoints of all models. */
const route: Normaliser = (request, note) => {
  const { route: value } = request;
  if (value !== 'fallback' && value !== 'sort') return request;
  const rest = without(request, 'route');
  if (value === 'fallback') {
    note({ field: 'route', change: 'left out: models alone means the same' });
    return rest;
  }
  note({ field: 'route', change: 'sent as provider.sort.partition' });
  const sort = request.provider?.['sort'];
  const by = typeof sort === 'string' ? { by: sort } : sort;
  return {
    ...rest,
    provider: { ...request.provider, sort: { ...(by as object), partition: 'none' } },
  };
};

const quantization: Normaliser = (request, note) => {
  const inProvider = request.provider?.['quantization'];
  const value = inProvider ?? request['quantization'];
  if (value === undefined || value === null) return request;
  note({ field: 'quantization', change: 'sent as provider.quantizations' });
  const { quantization: _retired, ...provider } = request.provider ?? {};
  const quantizations = Array.isArray(value) ? value : [value];
  return { ...without(request, 'quantization'), provider: { quantizations, ...provider } };
};

/**
 * `model:online` and the `web` plugin became a tool that the model calls when it needs to. A model
 * that calls no tools could not: it keeps the plugin, which searches before it is asked.
 */
function createOnline(find: (model: string) => Model | undefined): Normaliser {
  return (request, note) => {
    const suffix = request.model?.match(/:online(?=:|$)/) ?? null;
    const web = request.plugins?.find(({ id, enabled }) => id === 'web' && enabled !== false);
    if ((!suffix && !web) || callsNoTools(request, find)) return request;
    note({
      field: suffix ? 'model' : 'plugins',
      change: `${suffix ? ':online' : 'web'} sent as the tool openrouter:web_search`,
    });
    const parameters = webSearchParameters(web);
    const tool = { type: WEB_SEARCH, ...(Object.keys(parameters).length > 0 && { parameters }) };
    const isThere = request.tools?.some(({ type }) => type === WEB_SEARCH);
    return {
      ...request,
      ...(suffix && { model: request.model?.replace(/:online(?=:|$)/, '') }),
      ...(web && { plugins: request.plugins?.filter((plugin) => plugin !== web) }),
      ...(!isThere && { tools: [...(request.tools ?? []), tool] }),
    };
  };
}

function callsNoTools({ model = '' }: ChatRequest, find: (model: string) => Model | undefined) {
  const supported = find(model.replace(/:online(?=:|$)/, ''))?.supported_parameters ?? [];
  return supported.length > 0 && !supported.includes('tools'); // Routers list none.
}

const WEB_SEARCH = 'openrouter:web_search';
const WEB_OPTIONS: Record<string, string> = {
  engine: 'engine',
  mode: 'mode',
  max_results: 'max_results',
  max_uses: 'max_uses',
  include_domains: 'allowed_domains',
  exclude_domains: 'excluded_domains',
  user_location: 'user_location',
};

function webSearchParameters(web: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(WEB_OPTIONS)
      .filter(([option]) => web?.[option] !== undefined)
      .map(([option, parameter]) => [parameter, web?.[option]]),
  );
}

/** The few models that still have a variant of that name keep it. */
function createThinking(find: (model: string) => Model | undefined): Normaliser {
  return (request, note) => {
    if (!request.model?.endsWith(':thinking') || find(request.model)) return request;
    note({ field: 'model', change: ':thinking sent as reasoning.enabled' });
    return {
      ...request,
      model: request.model.slice(0, -':thinking'.length),
      reasoning: { enabled: true, ...request.reasoning },
    };
  };
}

const includeReasoning: Normaliser = (request, note) => {
  const { include_reasoning: include } = request;
  if (typeof include !== 'boolean') return request;
  note({ field: 'include_reasoning', change: 'sent as reasoning.exclude' });
  return {
    ...without(request, 'include_reasoning'),
    reasoning: { exclude: !include, ...request.reasoning },
  };
};

/** Usage with its cost is always sent. */
const usageInclude: Normaliser = (request, note) => {
  const { usage } = request;
  if (typeof usage !== 'object' || usage === null || !('include' in usage)) return request;
  note({ field: 'usage', change: 'left out: usage is always sent' });
  return without(request, 'usage');
};

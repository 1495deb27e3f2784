import { without, type Normaliser } from './change.ts';

/**
 * Translates forms that OpenRouter has retired into the ones that took their place, so that old
 * clients keep their meaning instead of being ignored.
 *
 * @see https://openrouter.ai/docs/features/message-transforms
 */
export const translateRetired: Normaliser = (request, note) =>
  [transforms, route, quantization, online, thinking, includeReasoning, usageInclude].reduce(
    (current, step) => step(current, note),
    request,
  );

const transforms: Normaliser = (request, note) => {
  if (!Array.isArray(request['transforms'])) return request;
  const enabled = request['transforms'].includes('middle-out');
  note({ field: 'transforms', change: 'sent as the plugin context-compression' });
  const plugin = enabled
    ? { id: 'context-compression' }
    : { id: 'context-compression', enabled: false };
  return { ...without(request, 'transforms'), plugins: [...(request.plugins ?? []), plugin] };
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

/** `model:online` and the `web` plugin became a tool that the model calls when it needs to. */
const online: Normaliser = (request, note) => {
  const suffix = request.model?.match(/:online(?=:|$)/) ?? null;
  const web = request.plugins?.find(({ id, enabled }) => id === 'web' && enabled !== false);
  if (!suffix && !web) return request;
  note({
    field: suffix ? 'model' : 'plugins',
    change: `${suffix ? ':online' : 'web'} sent as the tool openrouter:web_search`,
  });
  const parameters = webSearchParameters(web);
  const tool = {
    type: 'openrouter:web_search',
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
  return {
    ...request,
    ...(suffix && { model: request.model?.replace(/:online(?=:|$)/, '') }),
    ...(web && { plugins: request.plugins?.filter((plugin) => plugin !== web) }),
    tools: [...(request.tools ?? []), tool],
  };
};

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

const thinking: Normaliser = (request, note) => {
  if (!request.model?.endsWith(':thinking')) return request;
  note({ field: 'model', change: ':thinking sent as reasoning.enabled' });
  return {
    ...request,
    model: request.model.slice(0, -':thinking'.length),
    reasoning: { enabled: true, ...request.reasoning },
  };
};

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

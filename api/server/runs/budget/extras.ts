import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { mediaOf } from '../prompt-content.ts';

/** What a request has OpenRouter do beside asking the model. */
export interface Extras {
  /**
   * Calls of OpenRouter's own tools, at most, each followed by another turn of the model; 0 without such
   * tools.
   */
  serverToolCalls: number;
  /** The prompt grows by what is found, so that nothing but the context bounds it. */
  growsPrompt: boolean;
  /** Searches that the model makes of itself, at most. */
  ownSearches: number;
  /** US dollars for reading PDF files. */
  filesUsd: number;
  /** What has no upper price, in words; `null` when everything has one. */
  unbounded: string | null;
}

/** OpenRouter's default and maximum of `max_tool_calls`. */
const MAX_SERVER_TOOL_CALLS = 30;
/** Pages that the parser takes of one file, at most, at 2 US dollars for a thousand of them. */
const USD_PER_PARSED_FILE = 1_000 * 0.002;

const SEARCH = /^(openrouter:)?web_search/;
const FETCH = /^(openrouter:)?web_fetch/;
/** Tools of OpenRouter that cost what their turns cost, and nothing themselves. */
const FREE_TOOLS = new Set(['openrouter:datetime']);
const FREE_PLUGINS = new Set([
  'file-parser',
  'response-healing',
  'context-compression',
  'moderation',
  'auto-router',
  'auto-beta-router',
  'pareto-router',
]);
const FREE_PDF_ENGINES = new Set(['cloudflare-ai', 'pdf-text', 'native']);

/**
 * Reads from a request what else it may cost. What is not known here counts as unbounded: models that
 * have other models work, machines, and whatever comes tomorrow.
 *
 * @param models - Those that may answer.
 */
export function extrasOf(request: ChatRequest, models: readonly Model[]): Extras {
  const { tools = [], plugins = [], models: fallbacks } = request;
  const serverTools = (tools ?? []).map(({ type }) => type).filter((type) => type !== 'function');
  const active = (plugins ?? []).filter(({ enabled }) => enabled !== false).map(({ id }) => id);
  const isOnline = [request.model, ...(fallbacks ?? [])].some((id) => id?.includes(':online'));
  const searches =
    isOnline ||
    active.includes('web') ||
    request['web_search_options'] != null ||
    serverTools.some((type) => SEARCH.test(type));
  const fetches = active.includes('web-fetch') || serverTools.some((type) => FETCH.test(type));
  const calls = searches || fetches || serverTools.length > 0;
  return {
    serverToolCalls: calls ? allowedCalls(request) : 0,
    growsPrompt: calls || models.some(searchesByItself),
    ownSearches: models.some(searchesByItself) ? 1 : 0,
    filesUsd: parsedFiles(request, models) * USD_PER_PARSED_FILE,
    unbounded: unboundedOf(request, serverTools, active, models),
  };
}

function allowedCalls({ max_tool_calls: wanted }: ChatRequest): number {
  if (typeof wanted !== 'number' || !(wanted >= 1)) return MAX_SERVER_TOOL_CALLS;
  return Math.min(Math.floor(wanted), MAX_SERVER_TOOL_CALLS);
}

function unboundedOf(
  request: ChatRequest,
  serverTools: readonly string[],
  plugins: readonly string[],
  models: readonly Model[],
): string | null {
  const tool = serverTools.find(
    (type) => !SEARCH.test(type) && !FETCH.test(type) && !FREE_TOOLS.has(type),
  );
  if (tool !== undefined) return `the tool ${tool}`;
  const plugin = plugins.find((id) => id !== 'web' && id !== 'web-fetch' && !FREE_PLUGINS.has(id));
  if (plugin !== undefined) return `the plugin ${plugin}`;
  if ('preset' in request) return 'a preset';
  if (request.reasoning?.['mode'] === 'pro') return 'reasoning in pro mode';
  const researcher = models.find(({ id }) => /deep-research/.test(id));
  return researcher ? `${researcher.name}, which searches as often as it likes,` : null;
}

/** Perplexity's models, and those made for searching, search for every answer. */
function searchesByItself({ id, pricing }: Model): boolean {
  return pricing.web_search != null && /^perplexity\/|-search\b/.test(id);
}

/** PDF files that are turned into text for a model that reads none, by the engine that is not free. */
function parsedFiles({ messages, plugins }: ChatRequest, models: readonly Model[]): number {
  const parser = plugins?.find(({ id, enabled }) => id === 'file-parser' && enabled !== false);
  const engine = (parser?.['pdf'] as { engine?: unknown } | undefined)?.engine;
  if (typeof engine === 'string' && FREE_PDF_ENGINES.has(engine)) return 0;
  const readsAll = models.every(({ architecture }) =>
    architecture?.input_modalities?.includes('file'),
  );
  if (readsAll && engine === undefined) return 0;
  return mediaOf(messages).filter(({ medium }) => medium === 'file').length;
}

import { conform, modelListSchema, modelSchema, type Model } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** Pages of `GET /models` that are followed; the largest page has 1,000 models. */
const MAX_PAGES = 50;

/** Reads one page, given its path below the base URL or its whole URL; any failure is thrown. */
export type PageLoader = (url: string) => Promise<unknown>;

/**
 * The whole catalogue, in upstream's order. Paging links are followed within the same origin; an
 * entry that is no model is left out and counted in the log.
 *
 * @throws OpenRouterError `malformed_response` when a page is no list or names another origin.
 */
export async function listModels(
  loadPage: PageLoader,
  { baseURL, logger }: { baseURL: string; logger: Logger },
): Promise<Model[]> {
  const models: Model[] = [];
  const seen = new Set<string>();
  let url: string | null = '/models';
  let dropped = 0;

  while (url !== null && !seen.has(url) && seen.size < MAX_PAGES) {
    seen.add(url);
    const page = conform(modelListSchema, await loadPage(url));
    if (page === null) {
      throw new OpenRouterError('malformed_response', 'The model list cannot be read.');
    }
    for (const entry of page.data) {
      const model = conform(modelSchema, entry);
      if (model) models.push(model);
      else dropped += 1;
    }
    url = nextPage(page.links?.next, baseURL);
  }
  if (dropped > 0) logger.warn('Left out catalogue entries that are no models', { dropped });
  return models;
}

function nextPage(link: string | null | undefined, baseURL: string): string | null {
  if (!link) return null;
  const next = new URL(link, baseURL);
  if (next.origin === new URL(baseURL).origin) return next.href;
  throw new OpenRouterError('malformed_response', 'The model list continues at another server.');
}

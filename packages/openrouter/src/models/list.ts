import { conform, modelListSchema, modelSchema, type Model } from '@openrouter-native/protocol';
import { malformed } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** Pages of `GET /models` that are followed; the largest page has 1,000 models. */
const MAX_PAGES = 50;

/** Reads one page, given its whole URL; any failure is thrown. */
export type PageLoader = (url: string) => Promise<unknown>;

/**
 * The whole catalogue, in upstream's order. Paging links are followed within the same origin; an
 * entry that is no model is left out and counted in the log.
 *
 * @param firstPage - URL of `GET /models`.
 * @throws OpenRouterError `malformed_response` when a page is no list of models, or when it names a
 *   next page that is no URL or is at another server.
 */
export async function listModels(
  firstPage: string,
  loadPage: PageLoader,
  logger: Logger,
): Promise<Model[]> {
  const models: Model[] = [];
  const seen = new Set<string>();
  let url: string | null = firstPage;
  let dropped = 0;

  while (url !== null && !seen.has(url) && seen.size < MAX_PAGES) {
    seen.add(url);
    const page = conform(modelListSchema, await loadPage(url));
    if (page === null) throw malformed('The model list cannot be read.');
    for (const entry of page.data) {
      const model = conform(modelSchema, entry);
      if (model) models.push(model);
      else dropped += 1;
    }
    url = nextPage(page.links?.next, url);
  }

  if (models.length === 0 && dropped > 0) throw malformed('The model list holds no models.');
  if (dropped > 0) logger.warn('Left out catalogue entries that are no models', { dropped });
  if (url !== null) logger.warn('The pages of the model list have no end', { pages: seen.size });
  return models;
}

function nextPage(link: string | null | undefined, current: string): string | null {
  if (!link) return null;
  const next = URL.parse(link, current);
  if (next?.origin === new URL(current).origin) return next.href;
  throw malformed('The model list continues at another server.');
}

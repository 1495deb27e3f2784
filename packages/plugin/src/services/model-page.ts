import type { Model } from '@openrouter-native/protocol';

/** Which part of a list is asked for. */
export interface PageRequest {
  /** How many come before it. */
  offset: number;
  limit: number;
}

/** A part of the list, or all of it, in the shape of OpenRouter's own list. */
export interface ModelPage {
  data: readonly Model[];
  total_count: number;
  links: { next: string | null };
}

/** All of a list. */
export function wholeList(models: readonly Model[]): ModelPage {
  return { data: models, total_count: models.length, links: { next: null } };
}

/** @param linkTo - The path of another page. */
export function pageOf(
  models: readonly Model[],
  { offset, limit }: PageRequest,
  linkTo: (page: PageRequest) => string,
): ModelPage {
  const next = offset + limit;
  return {
    data: models.slice(offset, next),
    total_count: models.length,
    links: { next: next < models.length ? linkTo({ offset: next, limit }) : null },
  };
}

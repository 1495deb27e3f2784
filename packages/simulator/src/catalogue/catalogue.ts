import type { Model } from '@openrouter-native/protocol';
import { catalogueVariant } from './model-id.ts';

/** The models of one simulator, with the ways they are looked up. */
export interface Catalogue {
  /** In upstream's order: newest first. */
  readonly models: readonly Model[];
  /** By exact id, aliases and routers included. */
  find(id: string): Model | undefined;
  /** By id or by dated slug, as the paths of the detail routes accept. */
  findByPath(author: string, slug: string): Model | undefined;
  /** The row that an alias (`~author/family-latest`) stands for; any other row stands for itself. */
  target(model: Model): Model;
}

const indexes = new WeakMap<readonly Model[], Catalogue>();

/** Indexes a list of models, once per list. */
export function createCatalogue(models: readonly Model[]): Catalogue {
  const known = indexes.get(models);
  if (known) return known;

  const byId = new Map(models.map((model) => [model.id, model]));
  const bySlug = new Map<string, Model>();
  for (const model of models) {
    const slug = answeringSlug(model);
    if (!bySlug.has(slug)) bySlug.set(slug, model);
  }

  const catalogue: Catalogue = {
    models,
    find: (id) => byId.get(id),
    findByPath: (author, slug) => byId.get(`${author}/${slug}`) ?? bySlug.get(`${author}/${slug}`),
    target(model) {
      const slug = (model['alias_target'] as { slug?: string } | undefined)?.slug;
      return (slug === undefined ? undefined : (byId.get(slug) ?? bySlug.get(slug))) ?? model;
    },
  };
  indexes.set(models, catalogue);
  return catalogue;
}

/** What an answer names as its `model`: the dated slug, with a catalogue variant kept. */
export function answeringSlug(model: Model): string {
  const variant = catalogueVariant(model.id);
  const slug = model.canonical_slug ?? model.id;
  return variant === null || slug.endsWith(`:${variant}`) ? slug : `${slug}:${variant}`;
}

export function authorOf(model: Model): string {
  return (model.id.split('/')[0] ?? '').replace(/^~/, '');
}

/** A router (`openrouter/auto`, …) has no endpoints of its own: it picks another model. */
export function isRouter(model: Model): boolean {
  return authorOf(model) === 'openrouter';
}

/** A third-party score such as `coding_index`; 0 when the model has none. */
export function benchmark(model: Model, index: string): number {
  const benchmarks = model['benchmarks'] as
    { artificial_analysis?: Record<string, number | null> } | undefined;
  return benchmarks?.artificial_analysis?.[index] ?? 0;
}

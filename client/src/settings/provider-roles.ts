import type { Endpoint } from '@openrouter-native/protocol';
import type { ProviderPreferences } from './provider-preferences.ts';
import { matchesSlug } from './remaining-endpoints.ts';

/** What somebody wants of one provider: nothing special, first, nobody else, or never. */
export const providerRoles = ['any', 'order', 'only', 'ignore'] as const;
export type ProviderRole = (typeof providerRoles)[number];

const LISTS = ['order', 'only', 'ignore'] as const;

/** Slugs of preferences by the list that they stand in. */
export type SlugList = (typeof LISTS)[number];

export function roleOf(endpoint: Endpoint, preferences: ProviderPreferences): ProviderRole {
  const isIn = (list: SlugList) => preferences[list].some((slug) => matchesSlug(endpoint, slug));
  return (['ignore', 'only', 'order'] as const).find(isIn) ?? 'any';
}

/**
 * The preferences with another role for one endpoint.
 *
 * @param endpoints - All of the model, which tell whether the provider's name is enough.
 */
export function withRole(
  preferences: ProviderPreferences,
  endpoint: Endpoint,
  endpoints: readonly Endpoint[],
  role: ProviderRole,
): ProviderPreferences {
  const slug = slugOf(endpoint, endpoints);
  const next = { ...preferences };
  for (const list of LISTS) {
    const others = preferences[list].filter((each) => !matchesSlug(endpoint, each));
    next[list] = list === role && slug !== null ? [...others, slug] : others;
  }
  return next;
}

/** Slugs that none of the model's endpoints answers to, as after another model was chosen. */
export function strangers(
  preferences: ProviderPreferences,
  endpoints: readonly Endpoint[],
): { list: SlugList; slug: string }[] {
  return LISTS.flatMap((list) =>
    preferences[list]
      .filter((slug) => !endpoints.some((endpoint) => matchesSlug(endpoint, slug)))
      .map((slug) => ({ list, slug })),
  );
}

/** The provider's name where it has one endpoint, so that a change of precision changes nothing; otherwise the tag. */
function slugOf({ tag }: Endpoint, endpoints: readonly Endpoint[]): string | null {
  if (tag == null) return null;
  const base = tag.split('/', 1)[0] ?? tag;
  const matching = endpoints.filter((endpoint) => matchesSlug(endpoint, base));
  return matching.length === 1 && matching[0]?.tag === tag ? base : tag;
}

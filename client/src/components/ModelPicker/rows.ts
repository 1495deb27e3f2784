import type { Model } from '@openrouter-native/protocol';
import { baseIdOf, type ModelFamily } from '../../models/families.ts';
import {
  applyFilters,
  countFilters,
  sortFamilies,
  type ModelFilters,
  type ModelOrder,
} from '../../models/filters.ts';

/** A part of the list with a heading of its own. */
export type Section = 'favorites' | 'recent' | 'all';

/** One line of the list: a heading, or a model that can be chosen. */
export type Row =
  | { type: 'heading'; key: string; section: Section }
  | { type: 'model'; key: string; family: ModelFamily; /** Counts models only. */ index: number };

export interface RowsInput {
  families: readonly ModelFamily[];
  search: (query: string) => readonly Model[];
  query: string;
  filters: ModelFilters;
  order: ModelOrder;
  zeroRetentionIds: ReadonlySet<string> | undefined;
  /** Ids, in their reader's order. */
  favorites: readonly string[];
  recent: readonly string[];
}

/** The lines to show. What a person uses comes first, as long as they look for nothing else. */
export function toRows(input: RowsInput): Row[] {
  const { families, query, filters, order, favorites, recent } = input;
  const fitting = applyFilters(families, filters, input.zeroRetentionIds);
  if (query.trim() !== '') {
    const byId = new Map(fitting.map((family) => [paidId(family.model.id), family]));
    const found = input.search(query).flatMap(({ id }) => byId.get(paidId(id)) ?? []);
    return number([['all', sortFamilies(found, order)]], false);
  }
  const all = sortFamilies(fitting, order);
  if (countFilters(filters) > 0 || order !== 'best') return number([['all', all]], false);

  const byId = new Map(families.map((family) => [family.model.id, family]));
  const pick = (ids: readonly string[]) => [
    ...new Set(ids.map(baseIdOf).flatMap((id) => byId.get(id) ?? [])),
  ];
  const kept = pick(favorites);
  const used = pick(recent).filter((family) => !kept.includes(family));
  const sections: [Section, readonly ModelFamily[]][] = [
    ['favorites', kept],
    ['recent', used],
    ['all', all],
  ];
  return number(sections, kept.length + used.length > 0);
}

/** A filter may have put the free sibling in a model's place; the search knows the model only. */
function paidId(id: string): string {
  return id.replace(/:free$/, '');
}

function number(
  sections: readonly [Section, readonly ModelFamily[]][],
  withHeadings: boolean,
): Row[] {
  let index = -1;
  return sections.flatMap(([section, families]) => {
    const heading: Row[] =
      withHeadings && families.length > 0 ? [{ type: 'heading', key: section, section }] : [];
    const models = families.map((family): Row => {
      index += 1;
      return { type: 'model', key: `${section}:${family.model.id}`, family, index };
    });
    return [...heading, ...models];
  });
}

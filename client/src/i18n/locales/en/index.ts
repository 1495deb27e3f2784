import { first } from './first.ts';
import { late } from './late.ts';

/** Every text of the page in English. Keys are `area.what`; plurals end in `_one` and `_other`. */
export const en = { ...first, ...late } as const;

type Texts<Area> = {
  readonly [Key in keyof Area as Key extends `${string}_one` ? never : Key]: string;
} & { readonly [Key in keyof Area as Key extends `${string}_one` ? Key : never]?: string };

/** What each language has to say: all of English, though not every language knows a singular. */
export type Dictionary = { readonly [Area in keyof typeof en]: Texts<(typeof en)[Area]> };

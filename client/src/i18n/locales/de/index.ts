import type { Dictionary } from '../en/index.ts';
import { first } from './first.ts';
import { late } from './late.ts';

/** Every text of the page in German. */
export const de: Dictionary = { ...first, ...late };

import type { Dictionary } from '../en/index.ts';
import { common } from './common.ts';

/** Every text of the page in German. */
export const de: Dictionary = { common };

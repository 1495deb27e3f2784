import type { Dictionary } from '../en/index.ts';
import { common } from './common.ts';

/** Every text of the page in simplified Chinese. */
export const zhCN: Dictionary = { common };

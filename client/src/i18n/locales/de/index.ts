import type { Dictionary } from '../en/index.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { composer } from './composer.ts';
import { credits } from './credits.ts';
import { picker } from './picker.ts';
import { sidebar } from './sidebar.ts';

/** Every text of the page in German. */
export const de: Dictionary = { chat, common, composer, credits, picker, sidebar };

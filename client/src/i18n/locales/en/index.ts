import { account } from './account.ts';
import { actions } from './actions.ts';
import { admin } from './admin.ts';
import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { composer } from './composer.ts';
import { credits } from './credits.ts';
import { doctor } from './doctor.ts';
import { errors } from './errors.ts';
import { picker } from './picker.ts';
import { settings } from './settings.ts';
import { sidebar } from './sidebar.ts';

/** Every text of the page in English. Keys are `area.what`; plurals end in `_one` and `_other`. */
export const en = {
  account,
  actions,
  admin,
  auth,
  chat,
  common,
  composer,
  credits,
  doctor,
  errors,
  picker,
  settings,
  sidebar,
} as const;

type Texts<Area> = {
  readonly [Key in keyof Area as Key extends `${string}_one` ? never : Key]: string;
} & { readonly [Key in keyof Area as Key extends `${string}_one` ? Key : never]?: string };

/** What each language has to say: all of English, though not every language knows a singular. */
export type Dictionary = { readonly [Area in keyof typeof en]: Texts<(typeof en)[Area]> };

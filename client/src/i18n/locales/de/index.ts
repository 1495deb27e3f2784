import type { Dictionary } from '../en/index.ts';
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

/** Every text of the page in German. */
export const de: Dictionary = {
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
};

import type { Dictionary } from '../en/index.ts';
import { account } from './account.ts';
import { actions } from './actions.ts';
import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { composer } from './composer.ts';
import { credits } from './credits.ts';
import { errors } from './errors.ts';
import { picker } from './picker.ts';
import { sidebar } from './sidebar.ts';

/** What the page says at once in German. */
export const first: Pick<
  Dictionary,
  | 'account'
  | 'actions'
  | 'auth'
  | 'chat'
  | 'common'
  | 'composer'
  | 'credits'
  | 'errors'
  | 'picker'
  | 'sidebar'
> = { account, actions, auth, chat, common, composer, credits, errors, picker, sidebar };

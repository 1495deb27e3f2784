import type { Dictionary } from '../en/index.ts';
import { admin } from './admin.ts';
import { agents } from './agents.ts';
import { doctor } from './doctor.ts';
import { settings } from './settings.ts';
import { tokens } from './tokens.ts';

/** What pages and panels beside the chat say in simplified Chinese. */
export const late: Pick<Dictionary, 'admin' | 'agents' | 'doctor' | 'settings' | 'tokens'> = {
  admin,
  agents,
  doctor,
  settings,
  tokens,
};

import { admin } from './admin.ts';
import { agents } from './agents.ts';
import { doctor } from './doctor.ts';
import { settings } from './settings.ts';
import { tokens } from './tokens.ts';

/** What pages and panels beside the chat say in English. */
export const late = { admin, agents, doctor, settings, tokens } as const;

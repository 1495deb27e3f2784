import type { Contestant } from '../contestants.ts';
import type { Load } from '../load/load.ts';
import type { Script } from '../load/question.ts';
import type { Samples } from '../samples.ts';
import { SCRIPTED_CHUNKS } from '../script.ts';

/** What a measurement works with. */
export interface Place {
  contestants: readonly Contestant[];
  load: Load;
  samples: Samples;
  upstreamPort: number;
}

/** Adds one sample of each contestant. */
export type Round = (place: Place) => Promise<void>;

export const jsonAnswer: Script = { name: 'json', stream: false, tokens: 0 };
export const streamedAnswer: Script = { name: 'stream', stream: true, tokens: SCRIPTED_CHUNKS };

import type { Check } from '../check.ts';
import { checkClock } from './clock.ts';
import { checkAutoCompletion, checkCheapCompletion, checkFreeCompletion } from './completion.ts';
import { checkConfiguration } from './configuration.ts';
import { checkCredits } from './credits.ts';
import { checkDns } from './dns.ts';
import { checkKeyClash } from './key-clash.ts';
import { checkShape } from './key-shape.ts';
import { checkKey } from './key.ts';
import { checkMoreKeys } from './more-keys.ts';
import { checkModels } from './models.ts';
import { checkProxy } from './proxy.ts';
import { checkTcp } from './tcp.ts';
import { checkTls } from './tls.ts';
import { checkUserModels } from './user-models.ts';

/** What can be seen on this machine alone. */
export const setupChecks: readonly Check[] = [checkConfiguration, checkShape, checkKeyClash];

/** What it takes to reach OpenRouter, and what OpenRouter says. */
export const upstreamChecks: readonly Check[] = [
  checkDns,
  checkTcp,
  checkProxy,
  checkTls,
  checkKey,
  checkMoreKeys,
  checkCredits,
  checkModels,
  checkFreeCompletion,
  checkCheapCompletion,
  checkAutoCompletion,
  checkUserModels,
];

/** Needs the answers of the others. */
export const closingChecks: readonly Check[] = [checkClock];

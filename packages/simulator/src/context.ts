import type { Response } from 'express';
import type { Accounts, ApiKey } from './accounts/accounts.ts';
import type { Authorizations } from './accounts/authorization.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { PromptCache } from './chat/prompt-cache.ts';
import type { ResponseCache } from './chat/response-cache.ts';
import type { Generations } from './generations.ts';
import type { RecordedRequest, SimulatorOptions } from './options.ts';
import type { RuleBook } from './script.ts';

/** Options with every default filled in. */
export type Settings = Required<Omit<SimulatorOptions, 'models' | 'now' | 'scripting'>>;

/** What the routes of one simulator share. */
export interface SimulatorContext {
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  readonly accounts: Accounts;
  readonly rules: RuleBook;
  readonly authorizations: Authorizations;
  readonly generations: Generations;
  readonly promptCache: PromptCache;
  readonly responseCache: ResponseCache;
  /** Counts up, so that things made in one simulator differ. */
  readonly nextNumber: () => number;
  readonly now: () => number;
}

/** What is known about a request before its route runs. */
export interface RequestFacts {
  readonly record: RecordedRequest;
  readonly rawBody: Buffer;
  /** The key that was sent, whatever its state; `undefined` for none or an unknown one. */
  readonly key: ApiKey | undefined;
  /** A bearer token was sent at all. */
  readonly hasCredentials: boolean;
  /** A scripted rule ended the answer before its own end. */
  interrupted: boolean;
}

export function requestFacts(response: Response): RequestFacts {
  return response.locals['facts'] as RequestFacts;
}

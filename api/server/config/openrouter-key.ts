import { checkKeyShape, unwrapKey } from '@openrouter-native/openrouter';
import type { Environment } from './environment.ts';

/** Whose key the server uses to reach OpenRouter, or why it cannot. */
export type OpenRouterAccess =
  | { mode: 'live'; apiKey: string }
  /** Each user brings a key. */
  | { mode: 'user_provided' }
  /** No key at all: the embedded simulator answers. */
  | { mode: 'simulator' }
  | { mode: null; problem: AccessProblem };

/** Why the provider does not appear, told to an admin. */
export interface AccessProblem {
  variable: string;
  /** One sentence; repeats no part of the key. */
  message: string;
  action: string;
}

/** What the environment says about keys. */
export interface KeyReading {
  access: OpenRouterAccess;
  /** An ordinary key sees no account balance; this one does. */
  managementKey: string | null;
  warnings: string[];
}

type KeyVariable = 'OPENROUTER_API_KEY' | 'OPENROUTER_KEY' | 'OPENROUTER_MANAGEMENT_KEY';

/** Reads the keys. A key that cannot be one never stops the server: the provider stays away. */
export function readKeys(environment: Environment): KeyReading {
  const warnings: string[] = [];
  const first = unwrap('OPENROUTER_API_KEY', environment, warnings);
  const fallback = unwrap('OPENROUTER_KEY', environment, warnings);
  const managementKey = unwrap('OPENROUTER_MANAGEMENT_KEY', environment, warnings);

  if (first && fallback && first !== fallback) {
    warnings.push(
      'OPENROUTER_API_KEY and OPENROUTER_KEY differ; the first one is used. Remove OPENROUTER_KEY.',
    );
  }
  const [pooled = ''] = environment.OPENROUTER_API_KEYS;
  const access = first
    ? readAccess('OPENROUTER_API_KEY', first, warnings)
    : fallback
      ? readAccess('OPENROUTER_KEY', fallback, warnings)
      : readAccess('OPENROUTER_API_KEYS', pooled, warnings);

  return { access, managementKey: readManagementKey(managementKey, warnings), warnings };
}

function unwrap(name: KeyVariable, environment: Environment, warnings: string[]): string {
  const value = environment[name] ?? '';
  const bare = unwrapKey(value);
  if (bare !== value) {
    warnings.push(
      `${name} had quotation marks, spaces or line breaks around it; they were ignored.`,
    );
  }
  return bare;
}

function readAccess(
  name: KeyVariable | 'OPENROUTER_API_KEYS',
  key: string,
  warnings: string[],
): OpenRouterAccess {
  if (key === '') return { mode: 'simulator' };
  if (key === 'user_provided') return { mode: 'user_provided' };

  const { problem, doubt } = checkKeyShape(key);
  if (problem !== null) {
    return {
      mode: null,
      problem: {
        variable: name,
        message: `${name} is not an OpenRouter key: ${problem}.`,
        action: `Copy the key from https://openrouter.ai/settings/keys into ${name} and restart.`,
      },
    };
  }
  if (doubt !== null) warnings.push(`${name} may be wrong: ${doubt}.`);
  return { mode: 'live', apiKey: key };
}

function readManagementKey(key: string, warnings: string[]): string | null {
  if (key === '') return null;
  const { problem, doubt } = checkKeyShape(key);
  if (problem !== null) {
    warnings.push(
      `OPENROUTER_MANAGEMENT_KEY is not an OpenRouter key: ${problem}. It is ignored, so the account's balance stays unknown.`,
    );
    return null;
  }
  if (doubt !== null) warnings.push(`OPENROUTER_MANAGEMENT_KEY may be wrong: ${doubt}.`);
  return key;
}

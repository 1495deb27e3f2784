import type { ProviderMode } from '@openrouter-native/protocol';
import type { Probes } from './probes/probes.ts';
import type { Upstream } from './upstream.ts';

/** A value that somebody set. */
export interface Setting {
  name: string;
  /** As it was written, with the quotes and spaces around it. */
  value: string;
  /** Such as `.env`, `environment`, `standard input`. */
  source: string;
  /** Never shown; of an OpenRouter key the prefix and the last four characters are. */
  isSecret: boolean;
}

/** What the checks look at and with what. */
export interface DoctorContext {
  /** Only those that are set. */
  settings: readonly Setting[];
  /** Whose key is used; `null` when there is none that can be used. */
  mode: ProviderMode | null;
  /** As it is sent; `null` when none is. */
  apiKey: string | null;
  managementKey: string | null;
  /** Keys that are tried after the first one. */
  moreKeys: readonly string[];
  /** Values that must not be in the report, beside those of the settings. */
  secretValues: readonly string[];
  /** Where the API is. */
  baseUrl: URL;
  proxy: URL | null;
  /** Leaves out what costs money. */
  skipCompletions: boolean;
  /** Epoch milliseconds. */
  now: () => number;
  probes: Probes;
  upstream: Upstream;
  /** Ends everything. */
  signal: AbortSignal;
}

/** Names under which a key for models may be set, the one that wins first. */
export const KEY_NAMES = ['OPENROUTER_API_KEY', 'OPENROUTER_KEY'] as const;

/** A comma list of keys. */
export const POOL_NAME = 'OPENROUTER_API_KEYS';

function settingOf(
  { settings }: Pick<DoctorContext, 'settings'>,
  name: string,
): Setting | undefined {
  return settings.find((setting) => setting.name === name);
}

/** The key settings that hold something; without any the first key of the pool, as a server does. */
export function keySettings(context: Pick<DoctorContext, 'settings'>): Setting[] {
  const single = KEY_NAMES.flatMap((name) => settingOf(context, name) ?? []);
  const pool = settingOf(context, POOL_NAME);
  if (single.length > 0 || !pool) return single;
  return [{ ...pool, value: pool.value.split(',')[0] ?? '' }];
}

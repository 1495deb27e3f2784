import { checkKeyShape } from '../key-shape.ts';
import { unwrapKey } from '../unwrap-key.ts';
import { KEY_NAMES, POOL_NAME, type Setting } from './context.ts';
import type { Patient } from './examine.ts';

const SECRET_NAMES = [...KEY_NAMES, POOL_NAME, 'OPENROUTER_MANAGEMENT_KEY', 'PROXY', 'HTTPS_PROXY'];
const NAMES = [...SECRET_NAMES, 'OPENROUTER_BASE_URL'];
const DEFAULT_BASE_URL = 'https://openrouter.ai/api/v1';

/** Variables as a file or a person gives them. */
export interface GivenVariables {
  values: Readonly<Record<string, string | undefined>>;
  /** Such as `.env`. */
  source: string;
}

/**
 * The patient as variables describe it: the same names as a host's `.env`. Of a name that is given
 * twice the first one counts.
 *
 * @throws TypeError naming the variable whose value is no URL.
 */
export function readPatient(given: readonly GivenVariables[]): Patient {
  const settings = NAMES.flatMap((name) => settingFrom(name, given) ?? []);
  const valueOf = (name: string) => settings.find((setting) => setting.name === name)?.value ?? '';

  const pool = valueOf(POOL_NAME).split(',').map(unwrapKey);
  const keys = [...KEY_NAMES.map((name) => unwrapKey(valueOf(name))), ...pool];
  const key = keys.find((value) => value !== '') ?? '';
  const isSendable = checkKeyShape(key).problem === null;
  const managementKey = unwrapKey(valueOf('OPENROUTER_MANAGEMENT_KEY'));
  return {
    settings,
    mode: isSendable ? 'live' : key === 'user_provided' ? 'user_provided' : null,
    apiKey: isSendable ? key : null,
    moreKeys: pool.filter((one) => one !== key && checkKeyShape(one).problem === null),
    managementKey: checkKeyShape(managementKey).problem === null ? managementKey : null,
    baseUrl: webAddress(valueOf('OPENROUTER_BASE_URL'), 'OPENROUTER_BASE_URL') ?? DEFAULT_BASE_URL,
    proxy:
      webAddress(valueOf('PROXY'), 'PROXY') ?? webAddress(valueOf('HTTPS_PROXY'), 'HTTPS_PROXY'),
  };
}

function settingFrom(name: string, given: readonly GivenVariables[]): Setting | null {
  for (const { values, source } of given) {
    const value = values[name];
    if (value !== undefined && value.trim() !== '') {
      return { name, value, source, isSecret: SECRET_NAMES.includes(name) };
    }
  }
  return null;
}

/** Does not repeat the value, which may hold a password. */
function webAddress(value: string, name: string): string | null {
  const address = value.trim();
  if (address === '') return null;
  const url = URL.parse(address);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return address;
  throw new TypeError(`${name} must be a URL that begins with https:// or http://`);
}

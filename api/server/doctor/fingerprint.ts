import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';

/** By setting, something that changes with its value and does not tell it. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Settings that may well differ between a server and a command beside it. */
const PASSING = new Set(['HOST', 'PORT', 'NODE_ENV', 'SHUTDOWN_TIMEOUT', 'LOG_LEVEL', 'LOG_FORMAT', 'DEBUG']); // prettier-ignore
const SHOWN = 16; // hexadecimal digits: enough to tell two values apart

/** What a server was configured with, so that somebody else with the same secret can compare. */
export function fingerprintOf({ settings, libreChat, secrets }: Config): Fingerprint {
  const mark = (name: string, value: string) =>
    createHmac('sha256', secrets.jwt).update(`${name}\0${value}`).digest('hex').slice(0, SHOWN);
  const told = settings.filter(({ name }) => !PASSING.has(name));
  return {
    ...Object.fromEntries(told.map(({ name, value }) => [name, mark(name, value)])),
    'librechat.yaml': mark('librechat.yaml', JSON.stringify(libreChat)),
  };
}

/** Names of the settings that differ, or that only one of the two has. */
export function differences(one: Fingerprint, other: Fingerprint): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]);
}

import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { WebError } from './web-error.ts';

/** All addresses of a host name, as `dns.promises.lookup` finds them. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

/** How a name becomes addresses, and which of those may be connected to. */
export interface Guard {
  lookup: Lookup;
  isAllowed(address: string): boolean;
}

const MAX_ADDRESSES = 4; // Tried one after the other; big sites have dozens.

/**
 * Finds where a host is and makes sure that it is on the public internet: every address of its name is
 * looked at, and one that is not public is enough to refuse it.
 *
 * @returns IPv4 first, since every network has it.
 * @throws WebError
 */
export async function resolveHost(url: URL, guard: Guard): Promise<string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await lookUp(host, guard.lookup) : [host];
  if (addresses.length === 0) throw new WebError(`There is no host ${host}.`);
  if (!addresses.every((address) => guard.isAllowed(address))) {
    throw new WebError(`${host} is not on the public internet, so nothing is fetched from it.`);
  }
  return addresses.toSorted((one, other) => isIP(one) - isIP(other)).slice(0, MAX_ADDRESSES);
}

async function lookUp(host: string, lookup: Lookup): Promise<string[]> {
  try {
    return (await lookup(host)).map(({ address }) => address);
  } catch (error) {
    throw new WebError(`There is no host ${host}, or it cannot be found now.`, { cause: error });
  }
}

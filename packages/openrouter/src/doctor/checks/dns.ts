import { failed, ok, type Check } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { codeOf, withDeadline } from '../probes/deadline.ts';
import { isAddress } from '../probes/probes.ts';
import { hostOf } from '../probes/tunnel.ts';

const MAX_ADDRESSES = 4;

/** Does the name lead anywhere? Through a proxy only the proxy's own name has to. */
export const checkDns: Check = {
  id: 'dns',
  title: 'Name lookup (DNS)',
  async run(context) {
    const host = hostOf(firstHop(context));
    if (isAddress(host)) return ok(`${host} is an address; there is nothing to look up.`);
    try {
      const addresses = await context.probes.resolve(host, withDeadline(context.signal));
      return ok(`${host} is ${addresses.slice(0, MAX_ADDRESSES).join(', ')}.`);
    } catch (error) {
      return failed('dns_failed', `Looking up ${host} failed: ${codeOf(error)}.`);
    }
  },
};

/** What this machine itself connects to. */
export function firstHop({ proxy, baseUrl }: DoctorContext): URL {
  return proxy ?? baseUrl;
}

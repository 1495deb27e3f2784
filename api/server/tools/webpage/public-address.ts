import ipaddr from 'ipaddr.js';

/** Cloud services that lie in public space and answer only those who are inside. */
const INSIDE = new Set(['168.63.129.16']); // Azure's wire server

const [globalUnicast, globalUnicastBits] = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet. Private, loopback, link-local, shared (CGNAT),
 * unique-local, multicast, reserved and unspecified addresses are not, nor is one that carries an IPv4
 * address inside (mapped, NAT64, 6to4, Teredo): where that leads is not for us to know.
 *
 * @param address - IPv4 in four decimal parts, or IPv6. Anything else is not public.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !INSIDE.has(address);
  }
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false; // %: of one link only.
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(globalUnicast, globalUnicastBits);
}

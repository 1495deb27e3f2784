import { BlockList } from 'node:net';
import fc from 'fast-check';
import { parsePageUrl } from './page-url.ts';
import { isPublicAddress } from './public-address.ts';
import { resolveHost } from './resolve.ts';
import { WebError } from './web-error.ts';

/** Written down apart from the library that is under test. */
const inside = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [network = '', bits] = range.split('/');
  inside.addSubnet(network, Number(bits), 'ipv4');
}

const noNames = {
  lookup: () => Promise.reject(new Error('no name was expected')),
  isAllowed: isPublicAddress,
};

async function isReached(address: string): Promise<boolean> {
  try {
    await resolveHost(parsePageUrl(address), noNames);
    return true;
  } catch (error) {
    if (error instanceof WebError) return false;
    throw error;
  }
}

type Octets = [number, number, number, number];
const octet = fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 254, 168));
const anIpv4: fc.Arbitrary<Octets> = fc.tuple(octet, octet, octet, octet);
const dotted = (octets: Octets) => octets.join('.');
const asNumber = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;
const groups = ([a, b, c, d]: Octets) =>
  `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;

/** Ways that a URL may write one IPv4 address. */
const spellings: Record<string, (octets: Octets) => string> = {
  dotted,
  'with a dot at the end': (octets) => `${dotted(octets)}.`,
  'as one number': (octets) => String(asNumber(octets)),
  'as one hexadecimal number': (octets) => `0x${asNumber(octets).toString(16)}`,
  'as one octal number': (octets) => `0${asNumber(octets).toString(8)}`,
  hexadecimal: (octets) => octets.map((part) => `0X${part.toString(16)}`).join('.'),
  octal: (octets) => octets.map((part) => `0${part.toString(8)}`).join('.'),
  'octal with many zeros': (octets) => octets.map((part) => `0000${part.toString(8)}`).join('.'),
  'in two parts': ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  'in three parts': ([a, b, c, d]) => `0x${a.toString(16)}.${b}.${c * 256 + d}`,
  'in wide digits': (octets) =>
    dotted(octets).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  'in percent signs': (octets) =>
    dotted(octets).replace(/\d/g, (digit) => `%${digit.charCodeAt(0).toString(16)}`),
};

describe('an address of the network inside', () => {
  it.each(Object.entries(spellings))(
    'is recognised when it is written %s',
    async (_name, spell) => {
      await fc.assert(
        fc.asyncProperty(anIpv4, fc.constantFrom('http', 'https'), async (octets, protocol) => {
          const mayReach = await isReached(`${protocol}://${spell(octets)}/`);
          // The library knows some ranges more; never fewer.
          if (inside.check(dotted(octets), 'ipv4')) expect(mayReach).toBe(false);
          expect(mayReach).toBe(isPublicAddress(dotted(octets)));
        }),
      );
    },
  );

  it('is refused inside of every kind of IPv6 address', async () => {
    await fc.assert(
      fc.asyncProperty(anIpv4, async (octets) => {
        const carriers = [
          `[::ffff:${dotted(octets)}]`,
          `[::FFFF:${groups(octets)}]`,
          `[0:0:0:0:0:ffff:${groups(octets)}]`,
          `[::${dotted(octets)}]`,
          `[::ffff:0:${dotted(octets)}]`,
          `[64:ff9b::${dotted(octets)}]`,
          `[64:ff9b:1::${groups(octets)}]`,
          `[2002:${groups(octets)}::1]`,
          `[2001:0:${groups(octets)}::]`,
        ];
        for (const carrier of carriers) {
          expect([carrier, await isReached(`http://${carrier}/`)]).toEqual([carrier, false]);
        }
      }),
    );
  });

  it.each([
    '::', '::1', '0:0:0:0:0:0:0:1', 'fe80::1', 'febf::1', 'fec0::1', 'fc00::1', 'fd12:3456:789a::1',
    'ff02::1', '2001:db8::1', '3fff::1', '100::1', '5f00::1', '4000::1', '2001:2::1', '2001:10::1',
  ])('is refused as %s', async (address) => {
    expect(await isReached(`http://[${address}]/`)).toBe(false);
  }); // prettier-ignore

  it.each(['2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '2001:4860:4860::8888'])(
    'is not %s',
    async (address) => {
      expect(await isReached(`http://[${address}]/`)).toBe(true);
    },
  );

  it.each(['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1'])(
    'is not %s',
    async (address) => {
      expect(await isReached(`https://${address}/`)).toBe(true);
    },
  );

  it.each(['', 'localhost', '1.2.3', '0x7f000001', '2130706433', '::1%lo', '2606:4700::1%eth0', '1.1.1.1 '])(
    'is what a resolver answers when it answers %j',
    (address) => {
      expect(isPublicAddress(address)).toBe(false);
    },
  ); // prettier-ignore

  it('is Azure’s, though it looks public', () => {
    expect(isPublicAddress('168.63.129.16')).toBe(false);
  });
});

describe('a host name', () => {
  const url = parsePageUrl('https://example.com/');
  const resolving = (...addresses: string[]) =>
    resolveHost(url, {
      lookup: async () =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      isAllowed: isPublicAddress,
    });

  it('leads to all of its addresses, IPv4 first', async () => {
    expect(await resolving('2606:4700::1111', '1.1.1.1', '1.0.0.1')).toEqual([
      '1.1.1.1',
      '1.0.0.1',
      '2606:4700::1111',
    ]);
  });

  it('is refused when one of its addresses is not public', async () => {
    await expect(resolving('1.1.1.1', '127.0.0.1')).rejects.toThrow('not on the public internet');
    await expect(resolving('1.1.1.1', '::ffff:10.0.0.1')).rejects.toThrow(WebError);
  });

  it('is told apart when it means nothing', async () => {
    await expect(resolving()).rejects.toThrow('There is no host example.com');
    await expect(resolveHost(url, noNames)).rejects.toThrow('There is no host example.com');
  });
});

describe('parsePageUrl', () => {
  it.each([
    ['ftp://example.com/', 'https:// or http://'],
    ['file:///etc/passwd', 'https:// or http://'],
    ['data:text/html,hi', 'https:// or http://'],
    ['javascript:alert(1)', 'https:// or http://'],
    ['https://ada@example.com/', 'user name'],
    ['https://:secret@example.com/', 'user name'],
    ['http://example.com:8080/', 'usual ports'],
    ['http://example.com:443/', 'usual ports'],
    ['https://example.com:22/', 'usual ports'],
    ['example.com', 'no address'],
    ['', 'no address'],
    ['http://', 'no address'],
    ['http://[::1', 'no address'],
    ['http://1.2.3.4.5/', 'no address'],
    ['http://256.1.1.1/', 'no address'],
    [`https://example.com/${'a'.repeat(4000)}`, 'longer than'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePageUrl(text)).toThrow(message);
    expect(() => parsePageUrl(text)).not.toThrow('secret');
  });

  it('takes usual ports, and leaves the fragment out', () => {
    expect(parsePageUrl(' https://example.com:443/a?b=c#d ').href).toBe(
      'https://example.com/a?b=c',
    );
    expect(parsePageUrl('http://example.com:80').href).toBe('http://example.com/');
  });
});

import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate that nobody vouches for. */
export interface SelfSigned {
  key: string;
  cert: string;
}

const OID_COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));
const ECDSA_WITH_SHA256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

/** Made in a millisecond, valid for 2026 to 2049. @see https://www.rfc-editor.org/rfc/rfc5280 */
export function aSelfSignedCertificate(host: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const commonName = der(0x30, OID_COMMON_NAME, der(0x0c, Buffer.from(host)));
  const name = der(0x30, der(0x31, commonName));
  const validity = der(0x30, utcTime('260101000000Z'), utcTime('491231235959Z'));
  const body = der(
    0x30,
    der(0x02, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const bits = der(0x03, Buffer.from([0]), signature);
  const lines =
    der(0x30, body, ECDSA_WITH_SHA256, bits)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** Tag, length, value. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(value.length)]), value]);
}

function lengthOf(size: number): number[] {
  if (size < 0x80) return [size];
  const digits = size < 0x100 ? [size] : [Math.floor(size / 0x100), size % 0x100];
  return [0x80 + digits.length, ...digits];
}

function utcTime(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

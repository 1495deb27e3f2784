import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a key and its certificate lie, as PEM. */
export interface Certificate {
  keyPath: string;
  certificatePath: string;
  certificate: string;
}

/** Makes a certificate for `localhost` that vouches for itself. */
export function aCertificate(directory: string): Certificate {
  const keyPath = join(directory, 'privkey.pem');
  const certificatePath = join(directory, 'fullchain.pem');
  const what =
    '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  execFileSync(
    'openssl',
    ['req', '-x509', ...what.split(' '), '-addext', 'subjectAltName=DNS:localhost', '-keyout', keyPath, '-out', certificatePath], // prettier-ignore
    { stdio: 'ignore' },
  );
  return { keyPath, certificatePath, certificate: readFileSync(certificatePath, 'utf8') };
}

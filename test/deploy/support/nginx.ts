import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/wait.ts';
import type { Certificate } from './certificate.ts';
import { freePort } from './free-port.ts';

/** The nginx of the system; `null` where none is installed. */
export const nginxPath =
  ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find(existsSync) ?? null;

const OUR_SITE = join(import.meta.dirname, '../../../deploy/nginx.conf');

/** Places in a text, and what to put there. */
export type Changes = readonly (readonly [place: string, content: string])[];

export interface NginxOptions {
  /** Where the server is: `http://localhost:PORT`. */
  server: string;
  certificate: Certificate;
  /** Made to `deploy/nginx.conf` beyond addresses and certificates. */
  changes?: Changes;
}

/** An nginx of its own with our site, on loopback. */
export interface Nginx {
  /** `https://localhost:PORT`. */
  url: string;
  /** `http://localhost:PORT`. */
  plainUrl: string;
  /** What it complained of. */
  errors(): string;
  stop(): Promise<void>;
}

/**
 * Starts nginx with `deploy/nginx.conf` as it is, but for the addresses, which have to be free here.
 *
 * @throws Error when a place that is to be changed is not there, or nginx does not start.
 */
export async function startNginx({
  server,
  certificate,
  changes = [],
}: NginxOptions): Promise<Nginx> {
  const prefix = mkdtempSync(join(tmpdir(), 'nginx-'));
  const [plainPort, port] = [await freePort(), await freePort()];
  writeFileSync(join(prefix, 'nginx.conf'), aroundSite());
  writeFileSync(
    join(prefix, 'site.conf'),
    change(readFileSync(OUR_SITE, 'utf8'), [
      ['server 127.0.0.1:3080;', `server 127.0.0.1:${new URL(server).port};`],
      ['  listen 80;\n  listen [::]:80;\n', `  listen 127.0.0.1:${plainPort};\n`],
      ['  listen 443 ssl http2;\n  listen [::]:443 ssl http2;\n', `  listen 127.0.0.1:${port} ssl http2;\n`],
      ['/etc/letsencrypt/live/chat.example.com/fullchain.pem', certificate.certificatePath],
      ['/etc/letsencrypt/live/chat.example.com/privkey.pem', certificate.keyPath],
      ...changes,
    ]), // prettier-ignore
  );

  const child = spawn(
    nginxPath ?? 'nginx',
    ['-p', prefix, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += String(data)));
  const closed = once(child, 'close');
  const url = `https://localhost:${port}`;
  const plainUrl = `http://localhost:${plainPort}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`nginx has ended:\n${errors}`);
    return fetch(plainUrl, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
  });
  return {
    url,
    plainUrl,
    errors: () => errors,
    async stop() {
      child.kill('SIGTERM');
      await closed;
      rmSync(prefix, { recursive: true, force: true });
    },
  };
}

/** What Debian's own file has around a site, with all paths below the prefix. */
function aroundSite(): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  gzip on;
  ${folders.map((folder) => `${folder}_temp_path temp_${folder};`).join(' ')}
  include site.conf;
}
`;
}

/** @throws Error when one of the places is not there exactly once. */
function change(text: string, changes: Changes): string {
  return changes.reduce((changed, [place, content]) => {
    const parts = changed.split(place);
    if (parts.length !== 2) throw new Error(`"${place}" stands ${parts.length - 1} times there`);
    return parts.join(content);
  }, text);
}

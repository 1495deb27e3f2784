import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a configuration for a streaming reverse proxy that keeps everything below `folder`. */
export async function writeNginxConfiguration(
  folder: string,
  { port, upstreamPort }: { port: number; upstreamPort: number },
): Promise<string> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, `nginx-${name}`)};`,
  );
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off;
    worker_processes auto;
    pid ${join(folder, 'nginx.pid')};
    error_log ${join(folder, 'nginx-error.log')} crit;
    events { worker_connections 4096; }
    http {
      access_log off;
      ${temporary.join('\n')}
      keepalive_requests 1000000;
      upstream scripted { server 127.0.0.1:${upstreamPort}; keepalive 512; keepalive_requests 1000000; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://scripted;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_buffering off;
        }
      }
    }\n`,
  );
  return file;
}

import type { Environment } from './environment.ts';

/**
 * The HTTP proxy on the way to OpenRouter: `PROXY`, else what the system sets for all programs.
 *
 * @returns Its address, which may hold a password; `null` for a direct connection.
 */
export function readProxy(environment: Environment): string | null {
  if (environment.PROXY !== undefined) return environment.PROXY;
  const { protocol, hostname } = new URL(environment.OPENROUTER_BASE_URL);
  if (protocol !== 'https:' || isExempt(hostname, environment.NO_PROXY)) return null;
  return environment.HTTPS_PROXY ?? null;
}

/** True when the host, or a domain it belongs to, is listed; `*` lists everything. */
function isExempt(hostname: string, list: readonly string[]): boolean {
  return list.some((entry) => {
    const domain = entry.replace(/^\*?\./, '');
    return entry === '*' || hostname === domain || hostname.endsWith(`.${domain}`);
  });
}

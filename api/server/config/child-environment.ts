import type { RawEnvironment } from './environment.ts';

/** What a program needs to run at all, and to trust a company's certificates. None of it is secret. */
const INHERITED = [
  'PATH HOME USER LOGNAME SHELL TERM LANG LC_ALL TZ TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME',
  'NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR',
  'APPDATA LOCALAPPDATA HOMEDRIVE HOMEPATH USERNAME USERPROFILE PROGRAMFILES', // Windows
  'SYSTEMDRIVE SYSTEMROOT TEMP TMP PATHEXT COMSPEC',
].flatMap((names) => names.split(' '));

/** The environment that processes of others are started with: none of this server's settings. */
export function childEnvironment(environment: RawEnvironment): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

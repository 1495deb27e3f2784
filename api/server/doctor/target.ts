import type { DoctorCheck } from '@openrouter-native/protocol';

/** The server that is looked at. */
export interface DoctorTarget {
  /** Where this machine reaches it, without a slash at the end. */
  localUrl: string;
  /** Where people open the page; `null` when it was not told. */
  publicUrl: URL | null;
  /** A fresh token for the doctor's own measurements. */
  token: () => Promise<string>;
}

/** Why nothing can be asked of the server, by what was found before; `null` when it can. */
export function reasonToSkip(earlier: readonly DoctorCheck[]): string | null {
  if (earlier.some(({ cause }) => cause === 'server_stopped')) return 'The server does not run.';
  const isAnother = earlier.some(({ cause }) => cause === 'server_fails');
  return isAnother ? 'Another program answers there.' : null;
}

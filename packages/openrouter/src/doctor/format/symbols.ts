import type { DoctorStatus } from '@openrouter-native/protocol';

/** One character each; the word beside it says the same. */
export const symbols: Readonly<Record<DoctorStatus, string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '–',
};

export const words: Readonly<Record<DoctorStatus, string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  skipped: 'skipped',
};

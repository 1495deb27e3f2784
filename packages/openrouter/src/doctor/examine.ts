import type { DoctorCheck, DoctorReport, ProviderMode } from '@openrouter-native/protocol';
import {
  createTransport,
  type Timeouts,
  type Transport,
  type TransportOptions,
} from '../transport/transport.ts';
import type { Check } from './check.ts';
import type { Setting } from './context.ts';
import { systemProbes, type Probes } from './probes/probes.ts';
import { runDoctor } from './run.ts';
import { createUpstream } from './upstream.ts';

/** Whom the doctor looks at. */
export interface Patient {
  /** What was set and where; values as they were written. */
  settings: readonly Setting[];
  /** `null` when there is no key, or none that can be one. */
  mode: ProviderMode | null;
  /** As it is sent. */
  apiKey: string | null;
  managementKey: string | null;
  /** Keys that are tried after the first one. @defaultValue none */
  moreKeys?: readonly string[];
  /** Values that must not be in the report, beside those of the settings. @defaultValue none */
  secretValues?: readonly string[];
  baseUrl: string;
  /** URL of an HTTP proxy; may hold a password. */
  proxy: string | null;
}

export interface ExaminationOptions {
  patient: Patient;
  /** In this order. */
  checks: readonly Check[];
  /** Leaves out what costs money. @defaultValue false */
  skipCompletions?: boolean | undefined;
  /** Ends the examination, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Hears of each check as it ends. */
  onCheck?: ((check: DoctorCheck) => void) | undefined;
  /** Epoch milliseconds. @defaultValue `Date.now` */
  now?: (() => number) | undefined;
  /** @defaultValue the machine's own network */
  probes?: Probes | undefined;
  timeouts?: Partial<Timeouts> | undefined;
  /** @defaultValue `createTransport` */
  openTransport?: ((options: TransportOptions) => Transport) | undefined;
}

/** Shorter than in service: somebody waits for the verdict, and slow is a finding too. */
const TIMEOUTS: Timeouts = {
  connectMs: 8_000,
  lookupMs: 15_000,
  answerMs: 60_000,
  idleMs: 30_000,
};

/**
 * Looks at everything from the configuration to an answer, in order, and concludes. The report holds
 * no key beyond its prefix and its last four characters.
 *
 * @throws TypeError when the base URL or the proxy is no URL; the signal's reason when it was aborted.
 */
export async function examine(options: ExaminationOptions): Promise<DoctorReport> {
  const { patient, checks, now = Date.now, openTransport = createTransport } = options;
  const { settings, mode, apiKey, managementKey, baseUrl, proxy } = patient;
  const { moreKeys = [], secretValues = [] } = patient;
  const signal = options.signal ?? new AbortController().signal;
  const transport = openTransport({
    baseURL: baseUrl,
    timeouts: { ...TIMEOUTS, ...options.timeouts },
    proxy: proxy ?? undefined,
  });
  try {
    return await runDoctor({
      checks,
      context: {
        settings,
        mode,
        apiKey,
        managementKey,
        moreKeys,
        secretValues,
        baseUrl: new URL(baseUrl),
        proxy: proxy === null ? null : new URL(proxy),
        skipCompletions: options.skipCompletions ?? false,
        now,
        probes: options.probes ?? systemProbes,
        upstream: createUpstream({ transport, baseUrl, apiKey, now, signal }),
        signal,
      },
      ...(options.onCheck && { onCheck: options.onCheck }),
    });
  } finally {
    await transport.close();
  }
}

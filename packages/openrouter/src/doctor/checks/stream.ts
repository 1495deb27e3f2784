import {
  decodeEventStream,
  doctorTickSchema,
  type DoctorCheck,
  type DoctorTick,
} from '@openrouter-native/protocol';
import { isOpenRouterError } from '../../errors.ts';
import {
  createTransport,
  type StreamAnswer,
  type Timeouts,
  type Transport,
} from '../../transport/transport.ts';
import { failed, ok, skipped, type Check, type Finding } from '../check.ts';

/** Where the timed events are. */
export interface StreamTarget {
  /** Where people open the page; the routes are below `/api`. */
  url: URL;
  /** Lets its bearer read the timed events, and should let nothing else. */
  token: string;
}

export interface StreamCheckOptions {
  id: string;
  title: string;
  /** A text says why there is nothing to measure. */
  target: (
    earlier: readonly DoctorCheck[],
  ) => StreamTarget | string | Promise<StreamTarget | string>;
}

/** Below the URL of a host. */
export const STREAM_PATH = '/api/openrouter/doctor/stream';

const TIMEOUTS: Timeouts = { connectMs: 8_000, lookupMs: 8_000, answerMs: 8_000, idleMs: 8_000 };
const MAX_EVENTS = 1_000;

/** Of the time over which the events were sent; less than this between first and last is one lump. */
const LUMP_SHARE = 0.5;

/**
 * Do streams of our own server arrive as they are sent? Reads timed events, and compares when they
 * arrive with when they were sent: a reverse proxy that buffers delivers them in one lump.
 */
export function createStreamCheck({ id, title, target }: StreamCheckOptions): Check {
  return {
    id,
    title,
    async run({ signal }, earlier) {
      const found = await target(earlier);
      if (typeof found === 'string') return skipped(found);
      const { origin, pathname } = found.url;
      const baseURL = `${origin}${pathname.replace(/\/+$/, '')}`;
      const transport = createTransport({ baseURL, timeouts: TIMEOUTS });
      try {
        return await measure(transport, found.token, signal, baseURL);
      } catch (error) {
        if (signal.aborted || !isOpenRouterError(error)) throw error;
        return failed(
          'stream_unreachable',
          `${baseURL} failed: ${error.message}`,
          ...causeOf(error),
        );
      } finally {
        await transport.close();
      }
    },
  };
}

async function measure(
  transport: Transport,
  token: string,
  signal: AbortSignal,
  where: string,
): Promise<Finding> {
  const startedAt = performance.now();
  const answer = await transport.openStream({
    operation: 'models', // The time limits of a lookup.
    method: 'GET',
    path: STREAM_PATH,
    headers: { Authorization: `Bearer ${token}` },
    signal,
  });
  const headersMs = performance.now() - startedAt;
  const refusal = refusalOf(answer, where);
  if (refusal) {
    answer.body.on('error', () => undefined).destroy(); // Being cut off is an error to the body.
    return refusal;
  }
  const arrivals: Arrival[] = [];
  try {
    for await (const message of decodeEventStream(answer.body)) {
      if (message.type !== 'data') continue;
      const tick = doctorTickSchema.safeParse(parseJson(message.data));
      if (tick.success) arrivals.push({ ...tick.data, arrivedMs: performance.now() - startedAt });
      if (arrivals.length >= MAX_EVENTS) break;
    }
  } catch {
    if (signal.aborted) throw signal.reason;
    // A broken stream is judged by how far it came.
  }
  return judge(arrivals, Math.round(headersMs), [`Read from ${where}.`, ...between(answer)]);
}

interface Arrival extends DoctorTick {
  /** Milliseconds after the request. */
  arrivedMs: number;
}

function judge(arrivals: readonly Arrival[], headersMs: number, about: string[]): Finding {
  const [first] = arrivals;
  const last = arrivals.at(-1);
  if (!first || !last) return failed('stream_cut', 'Not a single event arrived.', ...about);

  const sentMs = Math.round(last.at_ms - first.at_ms);
  const heardMs = Math.round(last.arrivedMs - first.arrivedMs);
  const evidence = [
    `First byte after ${headersMs} ms, first event after ${Math.round(first.arrivedMs)} ms.`,
    `${arrivals.length} of ${first.of} events, sent over ${sentMs} ms, arrived over ${heardMs} ms.`,
    ...about,
  ];
  if (arrivals.length < first.of) return failed('stream_cut', ...evidence);
  if (heardMs < sentMs * LUMP_SHARE) return failed('stream_buffered', ...evidence);
  return ok(...evidence);
}

function refusalOf({ status, headers }: StreamAnswer, where: string): Finding | null {
  const told = `${where} answered ${status}.`;
  if (status === 401 || status === 403) return failed('stream_refused', told);
  const isStream = String(headers['content-type']).startsWith('text/event-stream');
  if (status === 200 && isStream) return null;
  return failed(
    'stream_unreachable',
    told,
    `Expected was an event stream, not ${String(headers['content-type'])}.`,
  );
}

/** Headers by which those in between make themselves known. */
const TRACES = ['server', 'via', 'x-cache', 'cf-ray', 'content-encoding'];

function between({ headers }: StreamAnswer): string[] {
  return TRACES.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [`${name}: ${value}`] : [];
  });
}

function causeOf({ details }: { details: { metadata?: Record<string, unknown> | undefined } }) {
  const cause = details.metadata?.['cause'];
  return typeof cause === 'string' ? [`The system says: ${cause}`] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { formatMarkdown, type Logger } from '@openrouter-native/openrouter';
import {
  encodeEvent,
  SSE_HEADERS,
  type DoctorCheck,
  type DoctorEvent,
  type DoctorReport,
  type DoctorTick,
} from '@openrouter-native/protocol';
import type { Request, RequestHandler, Response, Router } from 'express';
import { createRouter } from '../create-router.ts';
import { createErrorHandler } from '../middleware/error-handler.ts';
import { RequestError } from '../request-error.ts';
import { abortWhenClosed } from '../sse/abort-when-closed.ts';
import { createEventStreamWriter } from '../sse/writer.ts';

/** One examination, as it was asked for. */
export interface DoctorRequest {
  request: Request;
  skipCompletions: boolean;
  /** Where people open the page; `null` when it was not told. */
  publicUrl: URL | null;
  /** Aborted when the reader leaves. */
  signal: AbortSignal;
  /** Hears what will be checked, before the first check. */
  onBegin: (checks: readonly { id: string; title: string }[]) => void;
  onCheck: (check: DoctorCheck) => void;
}

export interface DoctorRouteOptions {
  /** Lets an admin pass, or answers. It stands alone: no other guard is asked before. */
  requireAdmin: RequestHandler;
  /** The same for the timed events: an admin, and the doctor itself. @defaultValue `requireAdmin` */
  requireStreamReader?: RequestHandler;
  /** Rejects with the signal's reason when the reader leaves. */
  examine: (asked: DoctorRequest) => Promise<DoctorReport>;
}

const HEARTBEAT_MS = 15_000;
const TICKS = 10;
const TICK_MS = 100;

/**
 * `GET /`: the report as JSON, or each check as it ends to a reader that accepts event streams.
 * `?completions=false` leaves out what costs money. `GET /stream`: ten timed events, for finding what
 * holds streams back on the way to a reader. For admins only.
 */
export function createDoctorRouter(
  { requireAdmin, requireStreamReader = requireAdmin, examine }: DoctorRouteOptions,
  logger: Logger,
): Router {
  const router = createRouter();
  router.get('/stream', requireStreamReader, createStreamHandler());
  router.get('/', requireAdmin, createExamineHandler(examine));
  router.use(createErrorHandler({ logger }));
  return router;
}

function createExamineHandler(examine: DoctorRouteOptions['examine']): RequestHandler {
  let isRunning = false;
  return async function handleDoctor(request, response) {
    const asked = readQuery(request);
    if (isRunning) {
      throw new RequestError('too_many_requests', 'An examination is under way already.');
    }
    isRunning = true;
    try {
      await answer(request, response, (listeners) => examine({ request, ...asked, ...listeners }));
    } finally {
      isRunning = false;
    }
  };
}

type Listeners = Pick<DoctorRequest, 'signal' | 'onBegin' | 'onCheck'>;

async function answer(
  request: Request,
  response: Response,
  examine: (listeners: Listeners) => Promise<DoctorReport>,
): Promise<void> {
  const signal = abortWhenClosed(response);
  response.set('Cache-Control', 'no-store');
  try {
    if (!request.get('accept')?.includes('text/event-stream')) {
      response.json(await examine({ signal, onBegin: ignore, onCheck: ignore }));
      return;
    }
    const writer = createEventStreamWriter(response, {
      heartbeatMs: HEARTBEAT_MS,
      headers: () => ({}),
      signal,
    });
    // A few kilobytes in all: they may wait in memory. A reader who left ends the run by the signal.
    const send = (event: DoctorEvent) => void writer.write(JSON.stringify(event))?.catch(ignore);
    const report = await examine({
      signal,
      onBegin: (checks) => send({ type: 'begin', checks: [...checks] }),
      onCheck: (check) => send({ type: 'check', check }),
    });
    send({ type: 'report', report, markdown: formatMarkdown(report) });
    writer.end();
  } catch (error) {
    if (!signal.aborted) throw error; // Nobody is left to be told.
  }
}

function createStreamHandler(): RequestHandler {
  return async function handleStream(_request, response) {
    const signal = abortWhenClosed(response);
    response.writeHead(200, SSE_HEADERS);
    const startedAt = performance.now();
    try {
      for (let n = 1; n <= TICKS; n += 1) {
        const tick: DoctorTick = { n, of: TICKS, at_ms: Math.round(performance.now() - startedAt) };
        response.write(encodeEvent(JSON.stringify(tick)));
        if (n < TICKS) await wait(TICK_MS, undefined, { signal });
      }
      response.end();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
}

function readQuery({ query }: Request): Pick<DoctorRequest, 'skipCompletions' | 'publicUrl'> {
  const { completions = 'true', public_url: address } = query;
  if (completions !== 'true' && completions !== 'false') {
    throw new RequestError('invalid_request', 'completions: must be true or false');
  }
  return { skipCompletions: completions === 'false', publicUrl: readAddress(address) };
}

function readAddress(address: unknown): URL | null {
  if (address === undefined) return null;
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url && /^https?:$/.test(url.protocol) && url.username === '') return url;
  throw new RequestError('invalid_request', 'public_url: must be a web address');
}

function ignore(): void {
  // Nothing to do.
}

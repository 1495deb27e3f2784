import { describeEvent } from './describe-event.ts';
import { isWatched, type DebugNamespace } from './namespaces.ts';

/** What the watching needs from outside. */
export interface DebugFetchOptions {
  fetch: typeof globalThis.fetch;
  /** `localStorage.debug`. */
  patterns: string | null;
  log: (line: string) => void;
  /** Milliseconds that never go back. */
  now: () => number;
}

/** Longer than any event; what is longer is counted and not read. */
const MAX_FRAME_CHARACTERS = 2 ** 22;

/**
 * A `fetch` that tells what was asked and what came of it. Never headers that were sent, bodies, or the
 * values of a query: those are what people write, and secrets.
 */
export function createDebugFetch(options: DebugFetchOptions): typeof globalThis.fetch {
  const { fetch, patterns, log, now } = options;
  const tell = (namespace: DebugNamespace, line: string) => {
    if (isWatched(namespace, patterns)) log(`${namespace} ${line}`);
  };

  return async function debugFetch(input, init) {
    const startedAt = now();
    const name = `${init?.method ?? 'GET'} ${withoutValues(input)}`;
    const elapsed = () => `${Math.round(now() - startedAt)} ms`;
    let response: Response;
    try {
      response = await fetch(input, init);
    } catch (error) {
      const outcome = init?.signal?.aborted ? 'aborted' : 'no answer';
      tell('openrouter:http', `${name} ${outcome} ${elapsed()}`);
      throw error;
    }
    const { status, headers } = response;
    const facts = ['x-cache', 'age', 'x-request-id'].flatMap((header) => {
      const value = headers.get(header);
      return value === null ? [] : [`${header}=${value}`];
    });
    tell('openrouter:http', [name, status, elapsed(), ...facts].join(' '));
    const isStream = headers.get('content-type')?.startsWith('text/event-stream');
    if (!isStream || !response.body || !isWatched('openrouter:stream', patterns)) return response;
    const watched = response.body.pipeThrough(
      watchEvents((line) => tell('openrouter:stream', `${name} ${line}`)),
    );
    return new Response(watched, response);
  };
}

/** Hands every byte on as it came, at once. */
function watchEvents(tell: (line: string) => void): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform(bytes, controller) {
      controller.enqueue(bytes);
      rest += decoder.decode(bytes, { stream: true });
      const frames = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const line = describeEvent(frame);
        if (line !== null) tell(line);
      }
      if (rest.length > MAX_FRAME_CHARACTERS) rest = '';
    },
    flush: () => tell('end of the stream'),
  });
}

/** `/api/convos?search&cursor`: what somebody searches for is theirs. */
function withoutValues(input: Parameters<typeof globalThis.fetch>[0]): string {
  const url = new URL(input instanceof Request ? input.url : input, 'http://page');
  const names = [...new Set(url.searchParams.keys())];
  return names.length === 0 ? url.pathname : `${url.pathname}?${names.join('&')}`;
}

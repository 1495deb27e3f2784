import { ChatStream } from '../chat/stream.ts';
import type { StreamLimits } from '../chat/watchdog.ts';
import type { Timeouts, Transport } from '../transport/transport.ts';
import { createTransport, defaultTimeouts } from '../transport/transport.ts';

export interface OpenStreamOptions {
  signal?: AbortSignal;
  limits?: StreamLimits;
}

/** Asks an upstream for one stream, without a plan: what comes is what is read. */
export async function openStream(
  transport: Transport,
  { signal, limits }: OpenStreamOptions = {},
): Promise<ChatStream> {
  const { body } = await transport.openStream({
    operation: 'chat',
    method: 'POST',
    path: '/chat/completions',
    headers: {},
    body: { stream: true },
    signal,
  });
  return new ChatStream({ body, generationId: null, signal, limits, now: Date.now });
}

/** A transport to one upstream. */
export function connectTo(baseURL: string, timeouts: Partial<Timeouts> = {}): Transport {
  return createTransport({ baseURL, timeouts: { ...defaultTimeouts, ...timeouts } });
}

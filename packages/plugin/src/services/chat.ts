import type { ChatStream, OpenRouterClient } from '@openrouter-native/openrouter';
import type { ChatCompletion, ChatEvent, ChatRequest } from '@openrouter-native/protocol';
import { RequestError } from '../request-error.ts';
import type { AllowedModels } from './allowed-models.ts';
import type { UpstreamStatus } from './upstream-status.ts';

export interface ChatServiceOptions {
  client: Pick<OpenRouterClient, 'chatCompletion'>;
  status: UpstreamStatus;
  allowed: AllowedModels;
}

/** Answers chat requests, for the route and for agents alike. */
export interface ChatService {
  /** @throws OpenRouterError when there is no answer, RequestError when the model is not allowed. */
  complete(request: ChatRequest, signal: AbortSignal): Promise<ChatCompletion>;
  /** Resolves once upstream has accepted the request. @throws as `complete`. */
  stream(request: ChatRequest, signal: AbortSignal): Promise<ChatStream>;
  /** The same answer as events, tracked; one consumer. @throws as `complete`. */
  events(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void>;
  /** Runs `answer` as one of the answers that `close` waits for, with a signal that `close` may abort. */
  track<T>(signal: AbortSignal, answer: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Accepts no more requests, waits up to `graceMs` for running answers, then aborts the rest. */
  close(graceMs: number): Promise<void>;
}

export function createChatService({ client, status, allowed }: ChatServiceOptions): ChatService {
  const shutdown = new AbortController();
  const running = new Set<Promise<void>>();
  let closing = false;

  async function stream(request: ChatRequest, signal: AbortSignal): Promise<ChatStream> {
    allowed.check(request);
    return status.watch(client.chatCompletion({ ...request, stream: true }, { signal }));
  }

  /** Registers a piece of work; the returned function ends it. */
  function begin(): () => void {
    if (closing) throw shuttingDown();
    const { promise, resolve } = Promise.withResolvers<void>();
    running.add(promise);
    return () => {
      running.delete(promise);
      resolve();
    };
  }

  return {
    async complete(request, signal) {
      allowed.check(request);
      return status.watch(client.chatCompletion({ ...request, stream: false }, { signal }));
    },
    stream,
    async *events(request, signal) {
      const end = begin();
      const either = AbortSignal.any([signal, shutdown.signal]);
      try {
        yield* await stream(request, either);
      } catch (error) {
        if (!either.aborted) throw error;
        yield { type: 'finish', ending: 'stopped', finishReason: null, nativeFinishReason: null };
      } finally {
        end();
      }
    },
    async track(signal, answer) {
      const end = begin();
      try {
        return await answer(AbortSignal.any([signal, shutdown.signal]));
      } finally {
        end();
      }
    },
    async close(graceMs) {
      closing = true;
      const timer = setTimeout(() => shutdown.abort(shuttingDown()), graceMs);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
}

function shuttingDown(): RequestError {
  return new RequestError('shutting_down', 'The server is shutting down.');
}

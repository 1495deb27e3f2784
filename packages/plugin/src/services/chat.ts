import type { ChatCompletion, ChatEvent, ChatRequest } from '@openrouter-native/protocol';
import type { Admission, Permit } from '../permit.ts';
import { RequestError } from '../request-error.ts';
import type { AllowedModels } from './allowed-models.ts';
import type { Askers } from './askers.ts';
import { settleCompletion, settleStream, type ForwardedStream } from './settled.ts';

export interface ChatServiceOptions {
  askers: Askers;
  allowed: AllowedModels;
}

/** About one answer. */
export interface ChatCallOptions {
  signal: AbortSignal;
  /** Whose key is used, where users bring theirs. */
  user: string | undefined;
  /** Calls of upstream that cost money or may do, at most. @defaultValue as many as it takes */
  maxChargedCalls?: number | undefined;
}

/** About one answer to a caller who may not do everything. */
export interface PermittedCallOptions extends ChatCallOptions {
  /** @defaultValue everything is permitted */
  permit?: Permit | undefined;
}

/** Answers chat requests, for the route and for agents alike. */
export interface ChatService {
  /** @throws OpenRouterError when there is no answer, RequestError when model or user has no leave. */
  complete(request: ChatRequest, options: PermittedCallOptions): Promise<ChatCompletion>;
  /** Resolves once upstream has accepted the request. @throws as `complete`. */
  stream(request: ChatRequest, options: PermittedCallOptions): Promise<ForwardedStream>;
  /** The same answer as events, tracked; one consumer. @throws as `complete`. */
  events(request: ChatRequest, options: ChatCallOptions): AsyncGenerator<ChatEvent, void>;
  /** Runs `answer` as one of the answers that `close` waits for, with a signal that `close` may abort. */
  track<T>(signal: AbortSignal, answer: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Accepts no more requests, waits up to `graceMs` for running answers, then aborts the rest. */
  close(graceMs: number): Promise<void>;
}

export function createChatService({ askers, allowed }: ChatServiceOptions): ChatService {
  const running = new Set<Work>();
  let closing = false;

  /** Everything that may refuse a request comes before its money is put aside. */
  async function prepare(original: ChatRequest, about: PermittedCallOptions) {
    const { user, permit, ...options } = about;
    allowed.check(original);
    permit?.models?.check(original);
    const asker = await askers.of(user);
    const { admission, onGeneration } = observed(await permit?.admit?.(original));
    const { request = original, maxChargedCalls = options.maxChargedCalls } = admission ?? {};
    const models = permit?.models;
    const mayFallBackTo = models && ((model: string) => models.includes(model));
    return {
      ...asker,
      admission,
      request,
      options: { ...options, maxChargedCalls, mayFallBackTo, onGeneration },
    };
  }

  /**
   * Registers a piece of work that both its asker and `close` may abort. Linked by hand: what
   * `AbortSignal.any` leaves behind on a signal that lives as long as the process adds up.
   */
  function begin(asker: AbortSignal): { signal: AbortSignal; end: () => void } {
    if (closing) throw shuttingDown();
    const controller = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const work: Work = { controller, ended: promise };
    const abort = () => controller.abort(asker.reason);
    if (asker.aborted) abort();
    asker.addEventListener('abort', abort, { once: true });
    running.add(work);
    return {
      signal: controller.signal,
      end() {
        asker.removeEventListener('abort', abort);
        running.delete(work);
        resolve();
      },
    };
  }

  return {
    async complete(asked, about) {
      const { client, watch, admission, request, options } = await prepare(asked, about);
      const answer = watch(client.chatCompletion({ ...request, stream: false }, options));
      return settleCompletion(answer, admission);
    },
    async stream(asked, about) {
      const { client, watch, admission, request, options } = await prepare(asked, about);
      const opening = watch(client.chatCompletion({ ...request, stream: true }, options));
      return settleStream(opening, admission);
    },
    async *events(asked, about) {
      const { signal, end } = begin(about.signal);
      try {
        const { client, watch, request, options } = await prepare(asked, { ...about, signal });
        yield* await watch(client.chatCompletion({ ...request, stream: true }, options));
      } catch (error) {
        if (!signal.aborted) throw error;
        yield { type: 'finish', ending: 'stopped', finishReason: null, nativeFinishReason: null };
      } finally {
        end();
      }
    },
    async track(asker, answer) {
      const { signal, end } = begin(asker);
      try {
        return await answer(signal);
      } finally {
        end();
      }
    },
    async close(graceMs) {
      closing = true;
      const timer = setTimeout(() => {
        for (const { controller } of running) controller.abort(shuttingDown());
      }, graceMs);
      await Promise.all([...running].map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}

/** An answer that is being given. */
interface Work {
  controller: AbortController;
  ended: Promise<void>;
}

/** Also settles an answer that was given up before any of it came, by the id that it had got. */
function observed(admission: Admission | undefined) {
  if (!admission) return {};
  let latest: string | null = null;
  const settled: Admission = {
    ...admission,
    settle: ({ generationId, ...outcome }) =>
      admission.settle({
        ...outcome,
        generationId: outcome.trace === null ? (generationId ?? latest) : generationId,
      }),
  };
  return { admission: settled, onGeneration: (id: string) => void (latest = id) };
}

function shuttingDown(): RequestError {
  return new RequestError('shutting_down', 'The server is shutting down.');
}

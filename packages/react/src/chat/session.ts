import type { OpenRouterApi } from '../api/api.ts';
import { toApiError } from '../api/error.ts';
import { onNextFrame, type Schedule } from './frame.ts';
import { applyEvent, toRequestMessages, type AssistantMessage, type Message } from './message.ts';

/** `waiting`: asked, nothing to read yet. `streaming`: the answer arrives. */
export type ChatStatus = 'ready' | 'waiting' | 'streaming';

/** What a page shows. A message that did not change keeps its identity from one to the next. */
export interface ChatSnapshot {
  readonly messages: readonly Message[];
  readonly status: ChatStatus;
}

/** What a conversation needs from outside. */
export interface ChatSessionOptions {
  api: Pick<OpenRouterApi, 'openChat'>;
  /** Called after each answer, however it ended. */
  onAnswerEnd?: (answer: AssistantMessage) => void;
  /** When subscribers hear of new text. @defaultValue once per painted frame */
  schedule?: Schedule;
}

/** One conversation, kept outside of React: it goes on while no component watches it. */
export interface ChatSession {
  getSnapshot: () => ChatSnapshot;
  subscribe: (listener: () => void) => () => void;
  /** Does nothing while an answer is under way, or when the text is blank. */
  send: (text: string, model: string) => void;
  /** Asks for the last answer anew and drops the old one. Does nothing while an answer is under way. */
  retry: (model: string) => void;
  /** Ends the answer under way as `stopped`, at once; its text stays. */
  stop: () => void;
  /** Stops, and forgets the conversation. */
  clear: () => void;
}

const EMPTY: ChatSnapshot = { messages: [], status: 'ready' };

/** An empty conversation. Only one answer is under way at a time. */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  const { api, onAnswerEnd, schedule = onNextFrame } = options;
  const listeners = new Set<() => void>();
  let snapshot = EMPTY;
  let lastId = 0;
  /** The answer under way; replaced as a whole, so that a late event of an old one finds no target. */
  let run: { answer: AssistantMessage; abort: AbortController } | null = null;
  let cancelFlush: (() => void) | null = null;

  function publish(next: ChatSnapshot): void {
    cancelFlush?.();
    cancelFlush = null;
    snapshot = next;
    for (const listener of listeners) listener();
  }

  function nextId(): string {
    lastId += 1;
    return `message-${lastId}`;
  }

  /** Shows the answer as it is now: the last message, all others untouched. */
  function show(answer: AssistantMessage): void {
    const messages = [...snapshot.messages.slice(0, -1), answer];
    const hasBegun = answer.text !== '' || answer.reasoning !== '' || answer.images.length > 0;
    const underWay: ChatStatus = hasBegun ? 'streaming' : 'waiting';
    publish({ messages, status: answer.ending === null ? underWay : 'ready' });
  }

  function end(answer: AssistantMessage): void {
    run = null;
    show(answer);
    onAnswerEnd?.(answer);
  }

  async function ask(history: readonly Message[], model: string): Promise<void> {
    const answer: AssistantMessage = {
      id: nextId(),
      role: 'assistant',
      text: '',
      reasoning: '',
      images: [],
      requestedModel: model,
      servedModel: null,
      provider: null,
      generationId: null,
      usage: null,
      ending: null,
      error: null,
    };
    const current = { answer, abort: new AbortController() };
    run = current;
    publish({ messages: [...history, answer], status: 'waiting' });

    const request = { model, messages: toRequestMessages(history) };
    try {
      for await (const event of api.openChat(request, current.abort.signal)) {
        if (run !== current) return;
        current.answer = applyEvent(current.answer, event);
        cancelFlush ??= schedule(() => show(current.answer));
      }
    } catch (cause) {
      if (run !== current) return;
      current.answer = { ...current.answer, ending: 'failed', error: toApiError(cause).details };
    }
    end(current.answer);
  }

  function stop(): void {
    if (!run) return;
    const { answer, abort } = run;
    abort.abort();
    end({ ...answer, ending: 'stopped' });
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(text, model) {
      if (run || text.trim() === '') return;
      const question: Message = { id: nextId(), role: 'user', text };
      void ask([...snapshot.messages, question], model);
    },
    retry(model) {
      if (run || snapshot.messages.at(-1)?.role !== 'assistant') return;
      void ask(snapshot.messages.slice(0, -1), model);
    },
    stop,
    clear() {
      stop();
      publish(EMPTY);
    },
  };
}

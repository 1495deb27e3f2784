import type { ChatEvent, ChatMessage, ChatRequest } from '@openrouter-native/protocol';
import type { ChatService } from '../services/chat.ts';

/** One turn of an agent. */
export interface AgentRunRequest {
  provider: string;
  model: string;
  /** Sent first, as the system message. */
  instructions?: string;
  messages: ChatMessage[];
  /** Any parameter of a chat request, such as `temperature` or `tools`. */
  model_parameters?: Partial<ChatRequest>;
}

/** About one turn. */
export interface AgentRunOptions {
  /** Aborting it ends the answer as `stopped`, and stops upstream. */
  signal?: AbortSignal;
  /** Whose key is used, where users bring theirs; named as `UserClients.userOf` does. */
  user?: string;
  /**
   * Calls of upstream that cost money or may do, at most; for turns whose worst case was counted.
   *
   * @defaultValue as many as it takes
   */
  maxChargedCalls?: number;
}

/** What a host's agent service registers. */
export interface AgentProvider {
  readonly provider: string;
  /**
   * The answer as events, the last of which is `finish`. Leaving the loop stops upstream.
   *
   * @throws OpenRouterError when there is no answer at all, RequestError for a model that is not allowed
   *   or a user who has no key.
   */
  run(request: AgentRunRequest, options?: AgentRunOptions): AsyncIterable<ChatEvent>;
}

/** Lets agents answer through the same service as the chat route. */
export function createAgentProvider(chat: ChatService): AgentProvider {
  return {
    provider: 'openrouter',
    async *run({ model, instructions, messages, model_parameters: parameters }, options = {}) {
      const system: ChatMessage[] = instructions ? [{ role: 'system', content: instructions }] : [];
      const request = { ...parameters, model, messages: [...system, ...messages] };
      const { signal = new AbortController().signal, user, maxChargedCalls } = options;
      yield* chat.events(request, { signal, user, maxChargedCalls });
    },
  };
}

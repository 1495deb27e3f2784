import {
  RequestError,
  type AgentProvider,
  type AgentRunOptions,
  type AgentRunRequest,
} from '@openrouter-native/plugin';
import type { ChatEvent } from '@openrouter-native/protocol';

/** Runs agents on whichever provider they name. */
export class AgentService {
  readonly #providers = new Map<string, AgentProvider>();

  /**
   * Makes a provider selectable by agents.
   *
   * @returns Takes it away again; harmless when called twice.
   * @throws Error when the name is taken.
   */
  registerProvider(provider: AgentProvider): () => void {
    const name = provider.provider;
    if (this.#providers.has(name)) {
      throw new Error(`A provider named "${name}" is registered already`);
    }
    this.#providers.set(name, provider);
    return () => {
      if (this.#providers.get(name) === provider) this.#providers.delete(name);
    };
  }

  /** Names of the registered providers, in the order of their registration. */
  providers(): string[] {
    return [...this.#providers.keys()];
  }

  /**
   * One turn of an agent, as events; the last one is `finish`. Leaving the loop stops the provider.
   *
   * @param options - `user` is the id of the account that asks: where users bring their keys, theirs is
   *   the one that pays.
   * @throws RequestError when no such provider is registered, at once and not while iterating;
   *   while iterating, what the provider throws when there is no answer at all.
   */
  run(request: AgentRunRequest, options: AgentRunOptions = {}): AsyncIterable<ChatEvent> {
    const provider = this.#providers.get(request.provider);
    if (!provider) {
      const known = this.providers().join(', ') || 'none';
      throw new RequestError(
        'invalid_request',
        `There is no provider "${request.provider}" (available: ${known}).`,
        { action: 'Choose an available provider.' },
      );
    }
    return provider.run(request, options);
  }
}

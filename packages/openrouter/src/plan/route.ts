import type { Transport } from '../transport/transport.ts';

/** One way to have a model answer: OpenRouter with one key, or a provider that is called directly. */
export interface Route {
  /** Told in traces and health: `openrouter`, `openrouter-2`, `groq`. Never a key. */
  readonly id: string;
  readonly kind: 'openrouter' | 'direct';
  /** Sent with every request of the route; carries the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
  /** What this route calls a model; `null` when it does not offer it. */
  modelId(model: string): string | null;
}

/** An OpenAI-compatible provider beside OpenRouter: LiteLLM, a cloud's own API, a local Ollama. */
export interface DirectProvider {
  /** Lower case: `groq`. */
  name: string;
  /** `null` for a local server without one. */
  apiKey: string | null;
  /** Such as `https://api.groq.com/openai/v1`. */
  baseURL: string;
  /** OpenRouter's id of a model → the provider's own. */
  models: Readonly<Record<string, string>>;
}

/** `gpt-4o:nitro` is `gpt-4o` to whoever does not route. */
const ROUTING_SUFFIXES = /(:(nitro|floor|exacto|online))+$/;

/** Which of a provider's models a request for `model` means; `null` for none. */
export function directModelId(
  models: Readonly<Record<string, string>>,
  model: string,
): string | null {
  const id = Object.hasOwn(models, model) ? model : model.replace(ROUTING_SUFFIXES, '');
  return Object.hasOwn(models, id) ? (models[id] ?? null) : null;
}

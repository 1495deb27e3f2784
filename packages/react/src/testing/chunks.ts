/** Chunks of a chat stream as OpenRouter sends them. */
const base = {
  id: 'gen-1790000000-AbCdEfGhIjKlMnOpQrSt',
  object: 'chat.completion.chunk',
  created: 1_790_000_000,
  model: 'anthropic/claude-4.5-haiku-20251001',
  provider: 'Anthropic',
};

/** A piece of the answer’s text. */
export function text(content: string) {
  return {
    ...base,
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
  };
}

/** A piece of the reasoning. */
export function thought(reasoning: string) {
  return { ...base, choices: [{ index: 0, delta: { reasoning }, finish_reason: null }] };
}

/** The chunk that ends the answer, with the usage that comes along. */
export function finish(reason = 'stop') {
  return {
    ...base,
    choices: [{ index: 0, delta: { content: '' }, finish_reason: reason }],
    usage: { prompt_tokens: 12, completion_tokens: 2, total_tokens: 14, cost: 0.000022 },
  };
}

/** The terminator. */
export const DONE = '[DONE]';

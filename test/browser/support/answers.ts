const MODEL = 'anthropic/claude-haiku-4.5';

/** A piece of an answer, as OpenRouter streams it. */
function aPiece(delta: Record<string, unknown>): string {
  return JSON.stringify({
    id: 'gen-1700000000-test',
    model: MODEL,
    provider: 'Anthropic',
    choices: [{ index: 0, delta, finish_reason: null }],
  });
}

/** What OpenRouter sends for an answer: these pieces, and its proper end. */
export function anAnswerOf(...pieces: readonly Record<string, unknown>[]): string[] {
  const end = {
    id: 'gen-1700000000-test',
    model: MODEL,
    provider: 'Anthropic',
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 1200,
      completion_tokens: 560,
      cost: 0.00412,
      prompt_tokens_details: { cached_tokens: 800 },
    },
  };
  return [...pieces.map(aPiece), JSON.stringify(end), '[DONE]'];
}

/** A text in pieces as they come. */
export function inPieces(text: string): { content: string }[] {
  return (text.match(/[^]{1,16}/g) ?? []).map((content) => ({ content }));
}

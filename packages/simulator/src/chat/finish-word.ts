import type { Model } from '@openrouter-native/protocol';

type FinishReason = 'stop' | 'length' | 'tool_calls';

const WORDS: Readonly<Record<string, Readonly<Record<FinishReason, string>>>> = {
  Claude: { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' },
  Gemini: { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP' },
  GPT: { stop: 'completed', length: 'max_output_tokens', tool_calls: 'completed' },
};

/** How the provider itself would call the end of an answer. */
export function nativeFinishWord(
  model: Model,
  reason: FinishReason,
  stoppedBySequence: boolean,
): string {
  const tokenizer = model.architecture?.tokenizer ?? '';
  if (stoppedBySequence && tokenizer === 'Claude') return 'stop_sequence';
  return WORDS[tokenizer]?.[reason] ?? reason;
}

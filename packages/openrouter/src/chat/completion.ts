import { chatCompletionSchema, conform, type ChatCompletion } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';
import { verdictOfInBandError } from '../verdict.ts';

/**
 * Checks a whole answer that came with status 200: it may hold an error all the same. Text that was
 * generated before the failure is kept: such an answer is returned, with its `finish_reason: 'error'`.
 *
 * @throws OpenRouterError when there is an error and no text, or nothing that looks like an answer.
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function readCompletion(data: unknown, now: number): ChatCompletion {
  const completion = conform(chatCompletionSchema, data);
  if (completion === null) {
    throw new OpenRouterError(
      'malformed_response',
      'OpenRouter sent an answer that cannot be read.',
    );
  }
  const choice = completion.choices?.[0];
  if (hasOutput(choice?.message)) return completion;

  const error = completion.error ?? choice?.error;
  if (error) throw verdictOfInBandError(error, now);
  if (choice?.finish_reason === 'error') {
    throw new OpenRouterError('provider_error', 'The provider ended the answer with an error.');
  }
  if (!choice?.message) {
    throw new OpenRouterError('malformed_response', 'OpenRouter sent an answer without a message.');
  }
  return completion;
}

type Message = NonNullable<NonNullable<ChatCompletion['choices']>[number]['message']>;

function hasOutput(message: Message | null | undefined): boolean {
  return Boolean(
    message?.content ||
    message?.refusal ||
    message?.reasoning ||
    message?.tool_calls?.length ||
    message?.images?.length,
  );
}

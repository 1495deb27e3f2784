import {
  chatCompletionSchema,
  conform,
  errorOfChoice,
  type ChatCompletion,
} from '@openrouter-native/protocol';
import { malformed } from '../errors.ts';
import { verdictOfInBandError } from '../verdict/verdict.ts';

/**
 * Checks a whole answer that came with status 200: it may hold an error all the same. What was
 * generated before the failure is kept: such an answer is returned, with its `finish_reason: 'error'`.
 *
 * @param now - Epoch milliseconds.
 * @throws OpenRouterError when there is an error and no output, or nothing that looks like an answer.
 * @see https://openrouter.ai/docs/api-reference/errors
 */
export function readCompletion(data: unknown, now: number): ChatCompletion {
  const completion = conform(chatCompletionSchema, data);
  if (completion === null) throw malformed('OpenRouter sent an answer that cannot be read.');

  const choice = completion.choices?.[0];
  const error = completion.error ?? (choice && errorOfChoice(choice));
  if (hasOutput(choice?.message)) return error ? asFailed(completion) : completion;
  if (error) throw verdictOfInBandError(error, now);
  // An empty answer is one only if the model says that it has ended.
  if (choice?.message && choice.finish_reason) return completion;
  throw malformed('OpenRouter sent an answer without a message.');
}

/** Some routes leave the finish reason of a broken answer blank, or call it finished. */
function asFailed(completion: ChatCompletion): ChatCompletion {
  const [choice, ...others] = completion.choices ?? [];
  if (choice?.finish_reason === 'error') return completion;
  return { ...completion, choices: [{ ...choice, finish_reason: 'error' }, ...others] };
}

type Message = NonNullable<NonNullable<ChatCompletion['choices']>[number]['message']>;

function hasOutput(message: Message | null | undefined): boolean {
  return Boolean(
    message?.content ||
    message?.refusal ||
    message?.reasoning ||
    message?.tool_calls?.length ||
    message?.images?.length ||
    message?.['audio'],
  );
}

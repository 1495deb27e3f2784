import type { ErrorBody, Message } from '@openrouter-native/protocol';
import { failedAttempts } from './receipt-facts.ts';

/** The failure of an answer, with what else is known of the call: what was tried, and its id. */
export function failureOf(message: Message): ErrorBody['error'] | null {
  const { error_details: error, steps = [], generation_id: generationId } = message;
  if (!error) return null;
  const attempts = failedAttempts(steps);
  return {
    ...error,
    metadata: {
      ...(attempts.length > 0 && { attempts }),
      ...(generationId != null && { generation_id: generationId }),
      ...error.metadata,
    },
  };
}

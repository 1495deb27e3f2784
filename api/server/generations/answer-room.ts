import { RequestError } from '@openrouter-native/plugin';
import type { ReasoningDetail } from '@openrouter-native/protocol';
import type { RunRecord } from '../runs/run.ts';

/** Several times what fits into the longest context, and half of what a conversation may hold. */
const MAX_ANSWER_CHARACTERS = 16 * 1024 * 1024;

/** What an answer may still grow by. Nothing else bounds a model or a tool that goes on and on. */
export interface AnswerRoom {
  /** @throws RequestError `malformed_response` when the record does not fit any more. */
  take(record: RunRecord): void;
}

/**
 * @param before - What an answer that goes on consists of already.
 * @param maxCharacters - @defaultValue 16 Mi
 */
export function createAnswerRoom(
  before: unknown,
  maxCharacters = MAX_ANSWER_CHARACTERS,
): AnswerRoom {
  let used = JSON.stringify(before).length;
  /** Of this step. Its thoughts come as a whole each time. */
  let thoughts = 0;

  return {
    take(record) {
      if (record.type === 'reasoning-details') {
        const size = lengthOf(record.details);
        used += size - thoughts;
        thoughts = size;
      } else {
        if (record.type === 'step-start') thoughts = 0;
        used += JSON.stringify(record).length;
      }
      if (used <= maxCharacters) return;
      throw new RequestError('malformed_response', 'The answer grew beyond all bounds and was cut off.', {
        action: 'Ask anew, or choose another model.',
      }); // prettier-ignore
    },
  };
}

/** Without making a text of it, as thoughts come word by word. */
function lengthOf(details: readonly ReasoningDetail[]): number {
  let length = 0;
  for (const detail of details) {
    for (const value of Object.values(detail))
      length += typeof value === 'string' ? value.length : 0;
  }
  return length;
}

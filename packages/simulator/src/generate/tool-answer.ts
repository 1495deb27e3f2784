import type { Turn } from '../chat/messages.ts';
import { createAnswerWriter, type Voice } from './prose.ts';
import type { Question } from './question.ts';
import type { Random } from './seed.ts';

const MAX_RESULT_LENGTH = 400;

/** What the tools of the last round gave back; empty when the conversation does not end with results. */
export function lastToolResults(turns: readonly Turn[]): { name: string; result: string }[] {
  const end = turns.findLastIndex(({ role }) => role !== 'tool');
  const calls = turns[end]?.toolCalls ?? [];
  return turns.slice(end + 1).map((turn) => ({
    name: calls.find(({ id }) => id === turn.toolCallId)?.name ?? 'the tool',
    result: turn.text,
  }));
}

/** Says in words what the tools found. */
export function writeToolAnswer(
  results: readonly { name: string; result: string }[],
  question: Question,
  voice: Voice,
  random: Random,
): string {
  const names = [...new Set(results.map(({ name }) => `\`${name}\``))];
  const writer = createAnswerWriter(question, voice, random, { tools: names.join(' and ') });
  const lines = results.map(({ name, result }) => `- **${name}**: ${describeResult(result)}`);
  return [writer.write('toolAnswer'), lines.join('\n'), writer.write('closing')].join('\n\n');
}

/** A flat object is read out field by field; anything else is quoted. */
function describeResult(result: string): string {
  try {
    const value: unknown = JSON.parse(result);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const fields = Object.entries(value).map(([name, field]) => {
        const text = typeof field === 'string' ? field : JSON.stringify(field);
        return `${name.replaceAll('_', ' ')} is ${text}`;
      });
      return cut(fields.join(', '));
    }
  } catch {
    return cut(result.trim() || 'nothing came back');
  }
  return cut(result);
}

function cut(text: string): string {
  return text.length > MAX_RESULT_LENGTH ? `${text.slice(0, MAX_RESULT_LENGTH)} …` : text;
}

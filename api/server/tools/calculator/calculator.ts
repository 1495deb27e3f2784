import type { Logger } from '@openrouter-native/openrouter';
import { z } from 'zod';
import { createBuiltIn } from '../built-in.ts';
import { ConfinedError, createConfinedWorker } from '../confined/confined-worker.ts';
import { failed } from '../result.ts';
import type { ClosableTool, ToolResult } from '../tool.ts';

const TIME_LIMIT_MS = 1000; // Honest expressions take a few milliseconds.
const MEMORY_LIMIT_MB = 128; // The library itself takes about 40.
const MAX_EXPRESSION_CHARACTERS = 4000;
const MAX_OUTPUT_CHARACTERS = 8000;

const schema = z.object({
  expression: z
    .string()
    .max(MAX_EXPRESSION_CHARACTERS, `is longer than ${MAX_EXPRESSION_CHARACTERS} characters`)
    .describe('Such as "2 * (3.5 + sqrt(16))", "15% * 240", "5 inch to cm" or "mean(3, 4, 8)"'),
});

/**
 * Calculates with numbers, units and statistics, in a thread of its own: an expression that would take
 * a year or all memory ends as an error, and nobody else notices.
 */
export function createCalculator(logger: Logger): ClosableTool {
  const worker = createConfinedWorker<string, string>({
    folder: import.meta.dirname,
    timeLimitMs: TIME_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
  });
  const tool = createBuiltIn({
    name: 'calculator',
    title: 'Calculator',
    description:
      'Calculates exactly: arithmetic, powers and roots, logarithms, trigonometry (radians, or "45 deg"), statistics, complex numbers and units. A decimal point, no thousands separators. Several lines may assign names and use them further down.',
    schema,
    async run({ expression }, { signal }): Promise<ToolResult> {
      try {
        const output = await worker.run(expression, signal);
        return { output: shorten(output), isError: false };
      } catch (error) {
        signal.throwIfAborted();
        return failed(explain(error, logger));
      }
    },
  });
  return { tool, close: () => worker.close() };
}

function shorten(output: string): string {
  if (output.length <= MAX_OUTPUT_CHARACTERS) return output;
  return `${output.slice(0, MAX_OUTPUT_CHARACTERS)} … (cut)`;
}

function explain(error: unknown, logger: Logger): string {
  if (!(error instanceof ConfinedError)) throw error;
  switch (error.failure) {
    case 'refused':
      return `This cannot be calculated: ${error.message}`;
    case 'timeout':
      return 'This takes too long to calculate. Use smaller numbers, or split it up.';
    case 'memory':
      return 'This takes too much memory to calculate. Use smaller numbers, or split it up.';
    case 'busy':
      return 'The calculator has too much to do. Try again in a moment.';
    case 'broken':
      logger.error('The calculator does not work.', { error: error.cause ?? error });
      return 'The calculator does not work at the moment.';
    default:
      return error.failure satisfies never;
  }
}

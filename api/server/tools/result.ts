import type { Logger } from '@openrouter-native/openrouter';
import type { Tool, ToolResult } from './tool.ts';

const MAX_OUTPUT_CHARACTERS = 100_000; // About 25,000 tokens; more would leave no room for an answer.

/**
 * A tool whose results are fit to be stored and read: bounded, without the characters a database
 * refuses, and never an exception, except the one that says the run was stopped.
 */
export function withTidyResults(tool: Tool, logger: Logger): Tool {
  return {
    ...tool,
    async run(args, context) {
      context.signal.throwIfAborted();
      try {
        return tidy(await tool.run(args, context));
      } catch (error) {
        context.signal.throwIfAborted();
        logger.error(`The tool ${tool.name} failed in an unexpected way.`, { error });
        return failed('The tool failed, for a reason that lies in this server.');
      }
    },
  };
}

/** A result that says what did not work. */
export function failed(output: string): ToolResult {
  return { output, isError: true };
}

function tidy({ output, isError }: ToolResult): ToolResult {
  return { output: cut(output).toWellFormed().replaceAll('\0', '�'), isError };
}

function cut(output: string): string {
  const rest = output.length - MAX_OUTPUT_CHARACTERS;
  if (rest <= 0) return output;
  return `${output.slice(0, MAX_OUTPUT_CHARACTERS)}\n\n(Cut: ${rest} more characters.)`;
}

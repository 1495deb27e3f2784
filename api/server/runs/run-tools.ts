import type { AssembledCall, RunEvent } from '@openrouter-native/protocol';
import type { Tool, ToolContext, ToolResult } from '../tools/tool.ts';
import { failed } from '../tools/result.ts';
import { unlessAborted } from '../tools/unless-aborted.ts';

export interface RunToolsOptions {
  tools: readonly Tool[];
  userId: string;
  /** At the same time, at most. */
  concurrency: number;
  signal: AbortSignal;
  /** Milliseconds on any clock that does not go back. */
  now: () => number;
}

type ToolEvent = Extract<RunEvent, { type: 'tool-call-run' } | { type: 'tool-call-result' }>;

/** Tools have limits of their own; this one is for what has none. */
const MAX_TOOL_MS = 15 * 60_000;

/**
 * Runs the calls of one answer, several at a time; results are told as they come. What fails is a
 * result as well. Leaving the loop stops the tools.
 *
 * @throws the signal's reason as soon as it aborts, whether or not the tools have noticed.
 */
export async function* runTools(
  calls: readonly AssembledCall[],
  { tools, userId, concurrency, signal, now }: RunToolsOptions,
): AsyncGenerator<ToolEvent, void> {
  const stopped = new AbortController();
  const stop = () => stopped.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const waiting = [...calls];
  const running = new Map<string, Promise<ToolEvent>>();

  async function give(call: AssembledCall): Promise<ToolEvent> {
    const startedAt = now();
    const tool = tools.find(({ name }) => name === call.name);
    const { output, isError } = tool
      ? await runTool(tool, call.arguments, { userId, signal: stopped.signal })
      : failed(unknownTool(call.name, tools));
    const durationMs = Math.max(0, Math.round(now() - startedAt));
    return { type: 'tool-call-result', callId: call.id, output, isError, durationMs };
  }

  try {
    while (waiting.length > 0 || running.size > 0) {
      for (const call of waiting.splice(0, concurrency - running.size)) {
        const { id: callId, name, argumentsText: args } = call;
        yield { type: 'tool-call-run', callId, name, args };
        signal.throwIfAborted(); // The reader may have stopped the run meanwhile.
        const result = give(call);
        result.catch(() => undefined); // Nobody may be waiting when the run is stopped.
        running.set(callId, result);
      }
      const event = await unlessAborted(Promise.race(running.values()), signal);
      running.delete(event.callId);
      yield event;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stopped.abort(new Error('The run has left its tools'));
  }
}

/** The result of a tool, or that there is none in all this time. */
async function runTool(
  tool: Tool,
  args: Record<string, unknown>,
  { userId, signal }: ToolContext,
): Promise<ToolResult> {
  const late = new AbortController();
  const { promise: tooLong, resolve } = Promise.withResolvers<ToolResult>();
  const timer = setTimeout(() => {
    resolve(failed(`The tool gave no result within ${MAX_TOOL_MS / 60_000} minutes.`));
    late.abort(new Error('The tool took too long'));
  }, MAX_TOOL_MS);
  try {
    const both = AbortSignal.any([signal, late.signal]);
    const result = Promise.race([tool.run(args, { userId, signal: both }), tooLong]);
    return await unlessAborted(result, signal); // A tool that does not listen is left behind.
  } finally {
    clearTimeout(timer);
  }
}

function unknownTool(name: string, tools: readonly Tool[]): string {
  const known = tools.map((tool) => tool.name).join(', ') || 'none';
  return `There is no tool ${JSON.stringify(name)}. The tools are: ${known}.`;
}

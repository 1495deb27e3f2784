import type { ChatMessage, ChatRequest } from '@openrouter-native/protocol';
import type { MissingTool, Tool } from '../tools/tool.ts';
import { withUniqueCallIds } from './history/call-ids.ts';
import type { RunRequest } from './run.ts';

/** Decided by the run, whatever parameters say: another value would break it, or lead around a check. */
const DECIDED = ['model', 'messages', 'prompt', 'stream', 'stream_options', 'tools', 'n'];
/** Refused by providers where there are no tools. */
const ABOUT_TOOLS = ['tool_choice', 'parallel_tool_calls'];

export interface StepRequest {
  run: Pick<RunRequest, 'model' | 'instructions' | 'modelParameters' | 'history'>;
  tools: readonly Tool[];
  missing: readonly MissingTool[];
  /** The answer so far. */
  answer: readonly ChatMessage[];
  /** Tools have given results in this answer. */
  hasResults: boolean;
}

/**
 * What a step asks. Parameters go on as they are. Tools of the parameters, such as
 * `openrouter:web_search`, stay beside the picked ones; a demand to call a tool holds until one was
 * called, because with it a model can never answer.
 */
export function stepRequest({ run, tools, missing, answer, hasResults }: StepRequest): ChatRequest {
  const offered = [...tools.map(describe), ...otherTools(run, tools)];
  const left = offered.length > 0 ? DECIDED : [...DECIDED, ...ABOUT_TOOLS];
  const parameters = Object.entries(run.modelParameters).filter(([name]) => !left.includes(name));
  const { tool_choice: choice } = run.modelParameters;
  return {
    ...(Object.fromEntries(parameters) as Partial<ChatRequest>),
    model: run.model,
    messages: withUniqueCallIds([
      ...systemMessage(run.instructions, missing),
      ...run.history,
      ...answer,
    ]),
    ...(offered.length > 0 && { tools: offered }),
    ...(offered.length > 0 && hasResults && isDemand(choice) && { tool_choice: 'auto' }),
  };
}

type OfferedTool = NonNullable<ChatRequest['tools']>[number];

function describe({ name, description, parameters }: Tool): OfferedTool {
  return { type: 'function', function: { name, description, parameters } };
}

function otherTools(
  { modelParameters }: StepRequest['run'],
  tools: readonly Tool[],
): readonly OfferedTool[] {
  const taken = new Set(tools.map(({ name }) => name));
  return (modelParameters.tools ?? []).filter(
    ({ function: called }) => called === undefined || !taken.has(called.name),
  );
}

function isDemand(choice: ChatRequest['tool_choice']): boolean {
  if (typeof choice === 'string') return choice === 'required';
  return choice?.type === 'function';
}

function systemMessage(
  instructions: string | null,
  missing: readonly MissingTool[],
): readonly ChatMessage[] {
  const notice = missing.map(({ title, problem }) => `- ${title}: ${problem}`).join('\n');
  const parts = [
    instructions,
    notice === ''
      ? null
      : `These tools are not available at the moment. Do without them, and say so where it matters:\n${notice}`,
  ].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? [{ role: 'system', content: parts.join('\n\n') }] : [];
}

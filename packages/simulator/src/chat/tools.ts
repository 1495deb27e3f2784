import { invalidField } from '../invalid.ts';
import { isObject, read, type JsonObject } from '../json.ts';

/** A function that the client offers. */
export interface FunctionTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

/** What a request offers and demands in the way of tools. */
export interface ToolRequest {
  readonly functions: readonly FunctionTool[];
  /** Names of the tools that OpenRouter itself runs, such as `openrouter:web_search`. */
  readonly serverTools: readonly string[];
  readonly choice: 'none' | 'auto' | 'required' | { name: string };
  readonly mayCallSeveral: boolean;
}

const MAX_NAME_LENGTH = 64;

/** @throws ApiError 400 for a tool or choice that is not shaped like one. */
export function readTools(body: JsonObject): ToolRequest {
  const tools = read.array(body, 'tools') ?? [];
  const functions: FunctionTool[] = [];
  const serverTools: string[] = [];
  tools.forEach((tool, index) => {
    const field = `tools.${index}`;
    if (!isObject(tool)) throw invalidField(field, 'must be an object');
    if (tool['type'] === 'function') functions.push(readFunction(tool, field));
    else if (typeof tool['type'] === 'string' && tool['type'].startsWith('openrouter:')) {
      serverTools.push(tool['type']);
    } else throw invalidField(`${field}.type`, 'is not a known tool type');
  });
  return {
    functions,
    serverTools,
    choice: readChoice(body, functions),
    mayCallSeveral: read.flag(body, 'parallel_tool_calls') ?? true,
  };
}

function readFunction(tool: JsonObject, field: string): FunctionTool {
  const described = isObject(tool['function']) ? tool['function'] : null;
  const name = described?.['name'];
  if (!described || typeof name !== 'string' || name === '') {
    throw invalidField(`${field}.function.name`, 'is required');
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw invalidField(
      `${field}.function.name`,
      `must have ${MAX_NAME_LENGTH} characters or fewer`,
    );
  }
  const parameters = read.object(described, 'parameters');
  return {
    name,
    description: read.text(described, 'description') ?? '',
    parameters: parameters ?? { type: 'object', properties: {} },
  };
}

function readChoice(body: JsonObject, functions: readonly FunctionTool[]): ToolRequest['choice'] {
  const choice = body['tool_choice'];
  if (choice === undefined || choice === null) return 'auto';
  if (choice === 'none' || choice === 'auto' || choice === 'required') return choice;
  if (isObject(choice) && typeof choice['type'] === 'string') {
    if (choice['type'].startsWith('openrouter:')) return 'auto';
    const called = isObject(choice['function']) ? choice['function']['name'] : undefined;
    const tool = functions.find(({ name }) => name === called);
    if (tool) return { name: tool.name };
    throw invalidField('tool_choice.function.name', 'is not among the tools');
  }
  throw invalidField('tool_choice', 'must be none, auto, required or a function');
}

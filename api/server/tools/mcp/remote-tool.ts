import { z } from 'zod';

/** A tool as its server describes it, within bounds. */
export interface RemoteTool {
  /** As the server calls it. */
  name: string;
  title: string;
  description: string;
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
}

/** A tool that is there and cannot be used. */
export interface UnusableTool {
  name: string;
  /** Why, for a person. */
  problem: string;
}

const MAX_NAME_CHARACTERS = 200;
const MAX_TITLE_CHARACTERS = 200;
const MAX_DESCRIPTION_CHARACTERS = 8000; // About 2000 tokens of every request; long ones have a few hundred.
const MAX_SCHEMA_CHARACTERS = 30_000;

const remoteToolSchema = z.looseObject({
  name: z.string().min(1).max(MAX_NAME_CHARACTERS),
  title: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  inputSchema: z.unknown().optional(),
  annotations: z.looseObject({ title: z.string().optional() }).optional().catch(undefined),
  execution: z.looseObject({ taskSupport: z.string().optional() }).optional().catch(undefined),
});
const objectSchema = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Reads what a server says of one of its tools. Servers are not trusted: what is too long is cut, and
 * a tool that no model could be told of cannot be used.
 *
 * @returns `null` for what has not even a name.
 */
export function readRemoteTool(value: unknown): RemoteTool | UnusableTool | null {
  const tool = remoteToolSchema.safeParse(value).data;
  if (!tool) return null;
  const { name } = tool;
  if (tool.execution?.taskSupport === 'required') {
    return { name, problem: 'It can only be called as a task, which is not supported.' };
  }
  const schema = objectSchema.safeParse(tool.inputSchema).data;
  if (!schema) return { name, problem: 'Its server does not describe its arguments as an object.' };
  const { $schema: _dialect, ...parameters } = schema;
  if (sizeOf(parameters) > MAX_SCHEMA_CHARACTERS) {
    return { name, problem: 'The description of its arguments is too long.' };
  }
  return {
    name,
    title: cut(tool.title ?? tool.annotations?.title ?? name, MAX_TITLE_CHARACTERS),
    description: cut(tool.description ?? '', MAX_DESCRIPTION_CHARACTERS),
    parameters,
  };
}

/** Characters as JSON; infinite when it is nested too deeply to be written. */
function sizeOf(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

function cut(text: string, length: number): string {
  const shown = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return shown.toWellFormed().replaceAll('\0', '');
}

import { z } from 'zod';
import { failed } from './result.ts';
import type { Tool, ToolContext, ToolResult } from './tool.ts';

/** What a built-in tool is made of. */
export interface BuiltIn<Schema extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  /** Of the arguments; each field described for the model. */
  schema: Schema;
  run: (args: z.output<Schema>, context: ToolContext) => Promise<ToolResult> | ToolResult;
}

/** A tool of our own: its arguments are checked, and the model reads what is wrong with them. */
export function createBuiltIn<Schema extends z.ZodObject>(builtIn: BuiltIn<Schema>): Tool {
  const { name, title, description, schema, run } = builtIn;
  const { $schema: _dialect, ...parameters } = z.toJSONSchema(schema, { io: 'input' });
  return {
    name,
    title,
    description,
    parameters,
    server: null,
    async run(args, context) {
      // Models write null for what they leave out.
      const given = Object.entries(args).filter(([, value]) => value !== null);
      const parsed = schema.safeParse(Object.fromEntries(given));
      if (!parsed.success) return failed(`Wrong arguments. ${z.prettifyError(parsed.error)}`);
      return run(parsed.data, context);
    },
  };
}

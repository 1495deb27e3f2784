import { z } from 'zod';
import { librechatYamlSchema } from './librechat-yaml.ts';
import { variables, type VariableName } from './variables.ts';

/** What a setting takes, for a page about the configuration. Markdown. */
export interface SettingDescription {
  name: string;
  /** Values that are accepted: `a whole number, 0 to 10`. */
  accepts: string;
  /** What holds when nothing is set; `null` = nothing. */
  default: string | null;
  isSecret: boolean;
  /** `null` where `.env.example` says it. */
  meaning: string | null;
}

/** Describes an environment variable by its schema. */
export function describeVariable(name: VariableName): SettingDescription {
  const { schema, example, isSecret } = variables[name];
  const value = schema.safeParse(undefined).data;
  const isSet = value !== undefined && !(Array.isArray(value) && value.length === 0);
  const kind = innermost(schema);
  const accepts =
    kind instanceof z.ZodEnum
      ? kind.options.map((option) => `\`${option}\``).join(', ')
      : (kind.description ?? (isSecret ? 'text' : `such as \`${example}\``));
  return { name, accepts, default: isSet ? String(value) : null, isSecret, meaning: null };
}

function innermost(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return isWrapped ? innermost(schema.unwrap() as z.ZodType) : schema;
}

/** The part of a JSON Schema that is read here. */
interface JsonSchema {
  type?: string;
  description?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema;
}

/** Describes each key of `librechat.yaml` that is read, as a path; `NAME` is for the admin to choose. */
export function describeYamlKeys(): SettingDescription[] {
  return keysOf(z.toJSONSchema(librechatYamlSchema, { io: 'input' }) as JsonSchema, '');
}

function keysOf({ properties = {} }: JsonSchema, prefix: string): SettingDescription[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    if (hasKeys(schema)) return keysOf(schema, `${name}.`);
    const { additionalProperties: entry } = schema;
    if (entry && hasKeys(entry)) return keysOf(entry, `${name}.NAME.`);
    const { description: meaning } = schema;
    if (meaning === undefined) throw new Error(`${name} has no description`);
    return [{ name, accepts: kindOf(schema), default: null, isSecret: false, meaning }];
  });
}

function hasKeys({ properties = {} }: JsonSchema): boolean {
  return Object.keys(properties).length > 0;
}

function kindOf({ type, enum: options, minimum, maximum = 0, items }: JsonSchema): string {
  if (options) return options.map((option) => `\`${option}\``).join(', ');
  switch (type) {
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return maximum < Number.MAX_SAFE_INTEGER
        ? `a whole number, ${minimum ?? 0} to ${maximum}`
        : 'a whole number, 1 or more';
    case 'array':
      return items?.type === 'object' ? 'a list of maps' : 'a list of texts';
    case 'object':
      return 'a map';
    default:
      return 'text';
  }
}

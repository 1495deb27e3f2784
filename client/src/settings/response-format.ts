import { isObject, withParameter, type ModelParameters } from './parameters.ts';

/** The shape that an answer is to have; `null` is text. */
export type ResponseFormat = { type: 'json_object' } | JsonSchemaFormat;

/** JSON that a schema describes. */
export interface JsonSchemaFormat {
  type: 'json_schema';
  name: string;
  /** The model cannot leave the schema. */
  isStrict: boolean;
  schema: Record<string, unknown>;
}

/** Where a schema begins; valid as it is, so that nothing broken is ever sent. */
export const FIRST_SCHEMA: JsonSchemaFormat = {
  type: 'json_schema',
  name: 'answer',
  isStrict: true,
  schema: {
    type: 'object',
    properties: { answer: { type: 'string' } },
    required: ['answer'],
    additionalProperties: false,
  },
};

/** What OpenRouter takes as the name of a schema. */
const NAME = /^[\w-]{1,64}$/;

export function isSchemaName(name: string): boolean {
  return NAME.test(name);
}

/** `null` for text, and for a format that this page has no fields for. */
export function readFormat(parameters: ModelParameters): ResponseFormat | null {
  const format = parameters['response_format'];
  if (!isObject(format)) return null;
  if (format['type'] === 'json_object') return { type: 'json_object' };
  const described = format['json_schema'];
  if (format['type'] !== 'json_schema' || !isObject(described)) return null;
  const { name, strict, schema } = described;
  return {
    type: 'json_schema',
    name: typeof name === 'string' ? name : FIRST_SCHEMA.name,
    isStrict: strict === true,
    schema: isObject(schema) ? schema : {},
  };
}

export function writeFormat(
  parameters: ModelParameters,
  format: ResponseFormat | null,
): ModelParameters {
  if (format?.type !== 'json_schema') return withParameter(parameters, 'response_format', format);
  const { name, isStrict, schema } = format;
  return withParameter(parameters, 'response_format', {
    type: 'json_schema',
    json_schema: { name, ...(isStrict && { strict: true }), schema },
  });
}

import {
  chatChunkSchema,
  chatCompletionSchema,
  chatMessageSchema,
  chatRequestSchema,
  creditsSchema,
  doctorCheckSchema,
  doctorEventSchema,
  doctorReportSchema,
  doctorTickSchema,
  endpointSchema,
  errorBodySchema,
  errorReasonSchema,
  healthSchema,
  modelEndpointsSchema,
  modelSchema,
  modelsResponseSchema,
  pricingSchema,
  reasoningDetailSchema,
  reasonMeanings,
  traceSchema,
  tracedAttemptSchema,
  upstreamErrorSchema,
  usageSchema,
} from '@openrouter-native/protocol';
import { z } from 'zod';
import type { JsonSchema } from './types.ts';

const trace = traceSchema.optional().describe('How the answer came about.');

/** Our schemas of the wire, by the names that the description gives them. */
const schemas = {
  ChatRequest: chatRequestSchema,
  ChatMessage: chatMessageSchema,
  ChatCompletion: chatCompletionSchema.extend({ openrouter_native: trace }),
  ChatChunk: chatChunkSchema.extend({ openrouter_native: trace }),
  Usage: usageSchema,
  ReasoningDetail: reasoningDetailSchema,
  UpstreamError: upstreamErrorSchema,
  Trace: traceSchema,
  TracedAttempt: tracedAttemptSchema,
  ModelList: modelsResponseSchema,
  Model: modelSchema,
  Pricing: pricingSchema,
  ModelEndpoints: modelEndpointsSchema,
  Endpoint: endpointSchema,
  Credits: creditsSchema,
  Health: healthSchema,
  DoctorReport: doctorReportSchema,
  DoctorCheck: doctorCheckSchema,
  DoctorEvent: doctorEventSchema,
  DoctorTick: doctorTickSchema,
  Error: errorBodySchema,
  ErrorReason: errorReasonSchema,
} satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof schemas;

/** What a whole schema is, where its fields do not say it. */
const descriptions: Partial<Record<SchemaName, string>> = {
  ChatRequest:
    'A request as OpenRouter takes it. The fields below are checked; others pass through untouched.',
  ChatMessage:
    'One message, by who says it. Content is text, or parts: text, pictures, files, sound.',
  ReasoningDetail: 'A piece of thought. Send it back unmodified and in order with tool results.',
  UpstreamError: "OpenRouter's own error, where it stands inside an answer.",
  ChatCompletion:
    'A whole answer as OpenRouter gives it, every field kept. `error` may be set inside a choice.',
  ChatChunk: 'One `data:` payload of a stream, as OpenRouter sends it.',
  Usage: 'Token counts and the money charged. A missing field is unknown; it is never zero.',
  Trace: 'How an answer came about: on a JSON answer, and on the last chunk of a stream.',
  TracedAttempt: 'One call that was made, or passed over.',
  Model: "A model as OpenRouter lists it; fields that are not named here are OpenRouter's own.",
  Pricing:
    'Decimal strings in US dollars per unit (token, request, picture, search). `-1` depends on what gets picked; a missing price is unknown.',
  Endpoint: 'One provider that serves a model.',
  Credits: 'Money in US dollars. `null` is unknown, never 0.',
  Error: 'The one body of every failure.',
  ErrorReason: Object.entries(reasonMeanings)
    .map(([reason, meaning]) => `- \`${reason}\`: ${meaning}`)
    .join('\n'),
};

export function refTo(name: SchemaName): { $ref: string } {
  return { $ref: pointerTo(name) };
}

function pointerTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The schemas as JSON Schema, each of them once, with references between them. */
export function describeSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const described = z.toJSONSchema(registry, {
    target: 'draft-2020-12',
    uri: pointerTo,
    unrepresentable: 'throw', // A schema that cannot be told would be told wrongly.
    override: ({ jsonSchema }) => dropTheObvious(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(described.schemas).map(([name, schema]) => {
      const description = descriptions[name as SchemaName];
      return [name, { ...(description && { description }), ...schema, ...unnamed }];
    }),
  );
}

/** What only a schema in a file of its own needs; left out when it is written. */
const unnamed = { $schema: undefined, $id: undefined };

/** More fields are allowed wherever nothing else is said. */
function dropTheObvious(schema: { additionalProperties?: unknown }): void {
  const { additionalProperties: rest } = schema;
  const isAnything = typeof rest === 'object' && rest !== null && Object.keys(rest).length === 0;
  if (isAnything) delete schema.additionalProperties;
}

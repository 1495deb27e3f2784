import { RequestError, validate } from '@openrouter-native/plugin';
import {
  agentFieldsSchema,
  chatRequestSchema,
  type AgentFields,
} from '@openrouter-native/protocol';
import { z } from 'zod';
import { readModelParameters } from './model-parameters.ts';

type Body = Record<string, unknown>;

const NAMES = Object.keys(agentFieldsSchema.shape) as (keyof AgentFields)[];
/** Fields in which `null` is a value of its own; in all others it means what leaving out means. */
const NULLABLE = new Set<keyof AgentFields>([
  'name',
  'description',
  'instructions',
  'recursion_limit',
  'spending_limit',
]);
/** LibreChat's form sends an empty text where there is none. */
const TEXTS = ['name', 'description', 'instructions'] as const;

/** Parameters that belong one level deeper; the other names mean something else to LibreChat. */
const MISPLACED = Object.keys(chatRequestSchema.shape).filter(
  (name) =>
    !['model', 'models', 'provider', 'tools', 'messages', 'stream', 'user', 'metadata'].includes(
      name,
    ),
);

/** What LibreChat's builder notes beside the tools of a server: that the server was added at all. */
const SERVER_MARK = /^sys__server__sys_mcp_/;

/**
 * Reads what a client wants an agent to be made of, from {@link AgentFields} or from what LibreChat's
 * clients send. Fields that are neither are ignored, because those clients send many (`avatar`,
 * `category`, `edges`, `artifacts`, `support_contact` …), and whole agents come back as they were
 * answered; a parameter of the model outside of `model_parameters` is refused, because it would have
 * no effect.
 *
 * @param current - What is changed; `null` for a new agent, which needs `provider` and `model`.
 * @returns The given fields only, for a new agent all.
 * @throws RequestError `invalid_request` that names the field.
 */
export function readAgent(body: Body, current: AgentFields): Partial<AgentFields>;
export function readAgent(body: Body, current: null): AgentFields;
export function readAgent(body: Body, current: AgentFields | null): Partial<AgentFields> {
  refuseMisplaced(body);
  const given = translate(body);
  const names = NAMES.filter((name) => current === null || given[name] !== undefined);
  const schema = z.object(
    Object.fromEntries(names.map((name) => [name, agentFieldsSchema.shape[name]])),
  );
  validate(schema, given);
  const fields = schema.parse(given) as Partial<AgentFields>;
  const { model = current?.model ?? '', model_parameters: parameters } = fields;
  return {
    ...fields,
    ...(parameters && { model_parameters: readModelParameters(parameters, model) }),
  };
}

function refuseMisplaced(body: Body): void {
  const name = MISPLACED.find((parameter) => body[parameter] != null);
  if (name === undefined) return;
  throw new RequestError('invalid_request', `${name}: parameters of the model belong into model_parameters.`, { metadata: { fields: [name] } }); // prettier-ignore
}

/** The fields by our names and in our form, as far as they can be told; the rest is left to the schema. */
function translate(body: Body): Partial<Record<keyof AgentFields, unknown>> {
  const given: Partial<Record<keyof AgentFields, unknown>> = {};
  for (const name of NAMES) {
    const value = body[name];
    if (value !== undefined && (value !== null || NULLABLE.has(name))) given[name] = value;
  }
  for (const name of TEXTS) if (given[name] === '') given[name] = null;
  if (Array.isArray(given.tools)) given.tools = unique(given.tools.map(nameOfTool)).filter(isTool);
  given.file_ids ??= filesOf(body);
  if (Array.isArray(given.file_ids)) given.file_ids = unique(given.file_ids.map(inLowerCase));
  return given;
}

/** LibreChat's types allow a tool to be described instead of named. */
function nameOfTool(tool: unknown): unknown {
  const parsed = describedToolSchema.safeParse(tool);
  return parsed.success ? (parsed.data.function?.name ?? parsed.data.type) : tool;
}

const describedToolSchema = z.object({
  type: z.string(),
  function: z.object({ name: z.string() }).optional(),
});

function isTool(tool: unknown): boolean {
  return typeof tool !== 'string' || !SERVER_MARK.test(tool);
}

/** Where LibreChat keeps the files that every conversation with an agent begins with. */
function filesOf({ tool_resources: resources }: Body): string[] | undefined {
  return toolResourcesSchema.safeParse(resources).data?.context.file_ids;
}

const toolResourcesSchema = z.object({ context: z.object({ file_ids: z.array(z.string()) }) });

/** As the database writes ids: one file is one id. */
function inLowerCase(id: unknown): unknown {
  return typeof id === 'string' ? id.toLowerCase() : id;
}

function unique(list: readonly unknown[]): unknown[] {
  return [...new Set(list)];
}

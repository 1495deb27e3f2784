import { createOpenApiDocument, type OpenApiDocument } from '@openrouter-native/plugin';
import { hostRoutes, type RouteGroup } from '../host-routes.ts';
import { table } from '../table.ts';

/** The part of a JSON Schema that is shown. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  maxLength?: number;
}

type PathItem = OpenApiDocument['paths'][string];
type Operation = NonNullable<PathItem['get']>;

/** `docs/api.md`: the description of the routes, to be read by people. */
export function apiPage(): string {
  const document = createOpenApiDocument({ version: '', hasDoctor: true });
  const { paths, tags, components } = document;
  return `# API reference

The routes below \`/api/openrouter\` are those of the plugin, wherever it is mounted. The server describes
them itself, as OpenAPI 3.1, at \`GET /api/openrouter/openapi.json\`: all of them, and a test holds real
answers of every route against it. This page is made from that description. Generators such as
[openapi-typescript](https://openapi-ts.dev) make types or clients from it. [The app's other
routes](#the-apps-other-routes) are listed at the end.

\`\`\`sh
curl http://localhost:3080/api/openrouter/openapi.json
\`\`\`

${document.info.description} All reasons are in [errors](errors.md). Every answer carries
\`X-Request-Id\`; send your own to find a request in the log.

${table(
  ['Route', 'Does'],
  Object.entries(paths).flatMap(([path, item]) =>
    operationsOf(item).map(([method, { summary }]) => {
      const name = `${method} ${path}`;
      return [`[\`${name}\`](#${slugOf(name)})`, summary];
    }),
  ),
)}

${tags
  .map(({ name }) =>
    Object.entries(paths)
      .flatMap(([path, item]) =>
        operationsOf(item)
          .filter(([, operation]) => operation.tags.includes(name))
          .map(([method, operation]) => operationText(`${method} ${path}`, operation)),
      )
      .join('\n\n'),
  )
  .join('\n\n')}

## Shapes

Fields without a mark are always there. \`?\` marks one that may be missing or \`null\`, which is unknown in
an answer and left to the model in a request. Further fields of OpenRouter's are kept, and not listed here.

${Object.entries(components.schemas)
  .filter(([name]) => name !== 'ErrorReason')
  .map(([name, schema]) => shapeText(name, schema as Schema))
  .join('\n\n')}

## The app's other routes

What \`npm start\` serves beside the plugin follows LibreChat's paths and shapes. All but the public ones
need \`Authorization: Bearer\` with a token from the sign-in, and fail with the [same body](errors.md).

${hostRoutes.map(groupText).join('\n\n')}
`;
}

function operationsOf(item: PathItem): [string, Operation][] {
  return Object.entries(item).map(([method, operation]) => [method.toUpperCase(), operation]);
}

/** As GitHub names the heading of a route. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}

function operationText(name: string, operation: Operation): string {
  const { summary, description, security, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  const parts = [
    `## \`${name}\``,
    `${summary}. ${description}${security?.length === 0 ? ' **Public.**' : ''}`,
    parameters.length > 0 &&
      table(
        ['Parameter', 'In', 'Means'],
        parameters.map((one) => [`\`${one.name}\``, one.in, one.description]),
      ),
    body && `The body is a ${linkTo(body.schema)}:`,
    body && `\`\`\`json\n${JSON.stringify(body.example, null, 2)}\n\`\`\``,
    table(
      ['Status', 'Answer'],
      Object.entries(responses).map(([status, response]) => [status, responseText(response)]),
    ),
  ];
  return parts.filter((part) => typeof part === 'string').join('\n\n');
}

function responseText(response: Operation['responses'][string]): string {
  if ('$ref' in response) return 'any other failure: [Error](#error)';
  const { description = '', content = {} } = response as {
    description?: string;
    content?: Record<string, { schema: Schema }>;
  };
  const isFailure = content['application/json']?.schema.$ref?.endsWith('/Error') ?? false;
  if (isFailure) {
    const named = [...description.matchAll(/^- (`\w+`)/gm)].map(([, reason]) => reason);
    return `[Error](#error): ${named.join(', ')}`;
  }
  const shapes = Object.entries(content)
    .filter(([, { schema }]) => schema.$ref)
    .map(([type, { schema }]) => `\`${type}\`: ${linkTo(schema)}`);
  return [description, ...shapes].join(' ');
}

function linkTo({ $ref = '' }: Schema): string {
  const name = $ref.split('/').at(-1) ?? '';
  return name === 'ErrorReason' ? '[reason](errors.md)' : `[${name}](#${name.toLowerCase()})`;
}

function shapeText(name: string, schema: Schema): string {
  const { description = '', oneOf = [schema] } = schema;
  return [`### ${name}`, description, ...oneOf.map(variantText)].join('\n\n');
}

/** The fields of a shape; of one among several, what tells it from the others goes first. */
function variantText(schema: Schema): string {
  const told = Object.entries(schema.properties ?? {}).find(
    ([, { const: value }]) => value !== undefined,
  );
  const intro = told ? `**\`${told[0]}: ${JSON.stringify(told[1].const)}\`**\n\n` : '';
  return intro + table(['Field', 'Type', 'Means'], fieldsOf(schema, ''));
}

function fieldsOf({ properties = {}, required = [] }: Schema, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const isOptional = !required.includes(key);
    const plain = withoutNull(schema);
    const shown = isOptional ? plain : schema;
    const row = [`\`${name}\`${isOptional ? '?' : ''}`, typeText(shown), schema.description ?? ''];
    const inside = plain.items ? withoutNull(plain.items) : plain;
    const variants = inside.oneOf ?? inside.anyOf?.map(withoutNull) ?? [inside];
    const deeper = variants.filter((variant) => variant.properties);
    if (deeper.length > 1) return [row];
    const nested = deeper.flatMap((variant) =>
      fieldsOf(variant, `${name}${plain.items ? '[]' : ''}.`),
    );
    return [row, ...nested];
  });
}

function withoutNull(schema: Schema): Schema {
  const { anyOf, type } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.filter((one) => one !== 'null') };
  const rest = anyOf?.filter((one) => one.type !== 'null') ?? [];
  if (rest.length === 1 && rest[0]) return withoutNull(rest[0]);
  return rest.length > 1 ? { ...schema, anyOf: rest } : schema;
}

function typeText(schema: Schema): string {
  const { $ref, type, enum: options, const: value, items, anyOf, oneOf } = schema;
  if ($ref) return linkTo(schema);
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  if (options) return options.map((option) => `\`${String(option)}\``).join(', ');
  if (anyOf) return unique(anyOf.map(typeText)).join(' or ');
  if (oneOf) return unique(oneOf.map(typeText)).join(' or ');
  if (type === 'array' && items) return `list of ${typeText(items)}`;
  if (type === undefined) return 'anything';
  const told = [type].flat().map((one) => TYPES[one] ?? one);
  return [told.join(' or '), ...boundsText(schema)].join(', ');
}

const TYPES: Readonly<Record<string, string>> = {
  null: '`null`',
  string: 'text',
  boolean: '`true` or `false`',
  integer: 'whole number',
  object: 'map',
};

function boundsText({ minimum, maximum, maxLength }: Schema): string[] {
  if (maxLength !== undefined) return [`at most ${maxLength} characters`];
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && isBounded) return [`${minimum} to ${maximum}`];
  const isFloor = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER;
  return isFloor ? [`${minimum} or more`] : [];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function groupText({ title, guide, routes }: RouteGroup): string {
  const rows = Object.entries(routes).map(([name, what]) => [`\`${name}\``, what]);
  return `### ${title}

${guide === null ? '' : `See [the guide](${guide}).`}

${table(['Route', 'Does'], rows)}`;
}

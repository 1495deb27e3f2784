import { z } from 'zod';
import type { RawEnvironment } from './environment.ts';
import { createExpander, type Expander } from './mcp-placeholders.ts';
import { EntryProblem } from './mcp-problem.ts';
import { secretsIn } from './mcp-secrets.ts';

/** How an MCP server is reached. */
export type McpTransport =
  | {
      type: 'stdio';
      command: string;
      args: readonly string[];
      /** What the entry sets, beside what every program needs. */
      env: Readonly<Record<string, string>>;
      /** `null` = where this server runs. */
      cwd: string | null;
    }
  | {
      /** Streamable HTTP, or the older SSE. */
      type: 'http' | 'sse';
      /** May hold a secret. */
      url: string;
      headers: Readonly<Record<string, string>>;
    };

/** One entry of `mcpServers` in `librechat.yaml`, its variables filled in. Times are milliseconds. */
export interface McpServerSettings {
  /** The entry's key. */
  name: string;
  /** For a person. */
  title: string;
  transport: McpTransport;
  /** Names of the tools that may be used, as the server calls them; `null` = all. */
  allowedTools: readonly string[] | null;
  /** For connecting and for the list of tools. */
  initTimeoutMs: number;
  /** For one call. */
  callTimeoutMs: number;
  /** What must not be repeated to anybody. */
  secretValues: readonly string[];
}

const DEFAULT_INIT_TIMEOUT_MS = 10_000;
const DEFAULT_CALL_TIMEOUT_MS = 60_000;
const MAX_TIMEOUT_MS = 3_600_000; // Nobody waits longer for an answer.
const MAX_SERVERS = 50; // Each may be a process.

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String); // YAML reads 1 as a number.
const timeout = z.int().min(0).max(MAX_TIMEOUT_MS).optional();

const commonShape = {
  title: z
    .string()
    .max(100)
    .optional()
    .describe('Its name in the list of tools. Left out: its key here.'),
  timeout: timeout.describe('Milliseconds for one call. Left out: 60000.'),
  initTimeout: timeout.describe(
    'Milliseconds for connecting and for the list of tools. Left out: 10000.',
  ),
  allowedTools: z
    .array(z.string())
    .optional()
    .describe('The only tools that may be used, named as the server names them. Left out: all.'),
};
const stdioSchema = z.looseObject({
  ...commonShape,
  command: z.string().min(1).describe('The program to start.'),
  args: z
    .array(scalar)
    .default([])
    .describe('What it is started with. `${VARIABLES}` are filled in.'),
  env: z
    .record(z.string(), scalar)
    .default({})
    .describe('Its environment, beside `PATH`, `HOME` and the like. `${VARIABLES}` are filled in.'),
  cwd: z.string().optional().describe('Its working directory. Left out: that of this server.'),
});
const remoteSchema = z.looseObject({
  ...commonShape,
  url: z.string().describe('Its address. `${VARIABLES}` are filled in.'),
  headers: z
    .record(z.string(), scalar)
    .default({})
    .describe('What is sent along. `${VARIABLES}` are filled in.'),
  requestHeaders: z.record(z.string(), scalar).default({}).describe('The same.'),
  apiKey: z
    .looseObject({
      key: z.string().optional().describe('The key. `${VARIABLES}` are filled in.'),
      source: z.enum(['admin', 'user']).describe('Whose key: only `admin` is supported.'),
      authorization_type: z.enum(['basic', 'bearer', 'custom']).describe('How it is sent.'),
      custom_header: z
        .string()
        .optional()
        .describe('The header for `custom`. Left out: `X-Api-Key`.'),
    })
    .optional(),
});

/** All that an entry may hold: a program's fields and a remote server's, of which it has either. */
export const mcpServerSchema = z.looseObject({
  type: z
    .enum(['stdio', 'streamable-http', 'http', 'sse'])
    .optional()
    .describe('Left out: `stdio` for a `command`, `sse` for a `url`.'),
  ...stdioSchema.shape,
  ...remoteSchema.shape,
});

/**
 * Reads `mcpServers`: LibreChat's fields, and `allowedTools`. An entry that cannot be used is left out
 * with a warning that names it and the field; the others are not affected.
 *
 * @param environment - For `${VARIABLES}`.
 */
export function readMcpServers(
  value: unknown,
  environment: RawEnvironment,
): { servers: McpServerSettings[]; warnings: string[] } {
  if (value == null) return { servers: [], warnings: [] };
  const entries = z.record(z.string(), z.unknown()).safeParse(value);
  if (!entries.success) {
    return { servers: [], warnings: ['librechat.yaml: mcpServers is not a map of servers; it is ignored.'] }; // prettier-ignore
  }

  const servers: McpServerSettings[] = [];
  const warnings: string[] = [];
  for (const [name, entry] of Object.entries(entries.data)) {
    const shown = `librechat.yaml: mcpServers.${name.slice(0, 60)}`;
    try {
      if (servers.length >= MAX_SERVERS)
        throw new EntryProblem(null, `comes after ${MAX_SERVERS} others`);
      servers.push(readEntry(name, entry, environment));
    } catch (error) {
      if (!(error instanceof EntryProblem)) throw error;
      const where = error.field === null ? shown : `${shown}.${error.field}`;
      warnings.push(`${where} ${error.message}; the server is left out.`);
    }
  }
  return { servers, warnings };
}

function readEntry(name: string, entry: unknown, environment: RawEnvironment): McpServerSettings {
  if (name.trim() === '' || name.length > 100) throw new EntryProblem(null, 'has no usable name');
  const fields = z.looseObject({ type: z.unknown().optional() }).safeParse(entry);
  if (!fields.success) throw new EntryProblem(null, 'is not a map of settings');
  refuseUnsupported(fields.data);

  const expander = createExpander(environment);
  const { common, transport } =
    typeOf(fields.data) === 'stdio'
      ? readStdio(fields.data, expander)
      : readRemote(fields.data, expander, typeOf(fields.data) === 'sse' ? 'sse' : 'http');
  return {
    name,
    title: common.title ?? name,
    transport,
    allowedTools: common.allowedTools ?? null,
    initTimeoutMs: common.initTimeout || DEFAULT_INIT_TIMEOUT_MS,
    callTimeoutMs: common.timeout || DEFAULT_CALL_TIMEOUT_MS,
    secretValues: [...new Set([...expander.secretValues(), ...secretsIn(transport)])],
  };
}

type Common = z.output<z.ZodObject<typeof commonShape>>;

/** As LibreChat tells them apart when nothing is said. */
function typeOf(entry: Record<string, unknown>): string {
  if (typeof entry.type === 'string') return entry.type;
  if (entry.type !== undefined) throw new EntryProblem('type', 'is not a text');
  if (entry.command !== undefined) return 'stdio';
  if (entry.url === undefined) throw new EntryProblem(null, 'has neither a command nor a url');
  return typeof entry.url === 'string' && /^wss?:/i.test(entry.url) ? 'websocket' : 'sse';
}

/** What LibreChat can do for an entry, and this server cannot. Better no server than a wrong one. */
function refuseUnsupported(entry: Record<string, unknown>): void {
  const type = typeOf(entry);
  if (!['stdio', 'sse', 'http', 'streamable-http'].includes(type)) {
    throw new EntryProblem('type', 'is none of stdio, streamable-http and sse');
  }
  if (entry.requiresOAuth === true) throw new EntryProblem('requiresOAuth', 'is not supported');
  for (const field of ['oauth', 'obo', 'proxy']) {
    if (entry[field] != null) throw new EntryProblem(field, 'is not supported');
  }
}

function readStdio(
  entry: Record<string, unknown>,
  expander: Expander,
): { common: Common; transport: McpTransport } {
  const fields = parse(stdioSchema, entry);
  return {
    common: fields,
    transport: {
      type: 'stdio',
      command: fields.command,
      args: fields.args.map((value, index) => expander.fill(value, `args.${index}`)),
      env: fillAll(fields.env, 'env', expander),
      cwd: fields.cwd ?? null,
    },
  };
}

function readRemote(
  entry: Record<string, unknown>,
  expander: Expander,
  type: 'http' | 'sse',
): { common: Common; transport: McpTransport } {
  const fields = parse(remoteSchema, entry);
  const url = URL.parse(expander.fill(fields.url, 'url'));
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new EntryProblem('url', 'is no address that starts with http:// or https://');
  }
  const headers = {
    ...fillAll(fields.headers, 'headers', expander),
    ...fillAll(fields.requestHeaders, 'requestHeaders', expander),
    ...apiKeyHeader(fields.apiKey, expander),
  };
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeader(name, value))
      throw new EntryProblem('headers', 'holds one that HTTP cannot carry');
  }
  return { common: fields, transport: { type, url: url.href, headers } };
}

function apiKeyHeader(
  apiKey: z.output<typeof remoteSchema>['apiKey'],
  expander: Expander,
): Record<string, string> {
  if (!apiKey) return {};
  if (apiKey.source === 'user') throw new EntryProblem('apiKey.source', 'is user, which is not supported'); // prettier-ignore
  if (apiKey.key === undefined) throw new EntryProblem('apiKey.key', 'is missing');
  const key = expander.fill(apiKey.key, 'apiKey.key');
  switch (apiKey.authorization_type) {
    case 'basic':
      return { Authorization: `Basic ${key}` };
    case 'bearer':
      return { Authorization: `Bearer ${key}` };
    case 'custom':
      return { [apiKey.custom_header ?? 'X-Api-Key']: key };
    default:
      return apiKey.authorization_type satisfies never;
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}

function fillAll(
  values: Record<string, string>,
  field: string,
  expander: Expander,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, expander.fill(value, `${field}.${name}`)]),
  );
}

function parse<Schema extends z.ZodType>(schema: Schema, entry: unknown): z.output<Schema> {
  const parsed = schema.safeParse(entry);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  if (issue?.code === 'too_big') throw new EntryProblem(field, `is more than ${issue.maximum}`);
  if (issue?.code === 'too_small') throw new EntryProblem(field, `is less than ${issue.minimum}`);
  throw new EntryProblem(field, 'is missing or has a wrong type');
}

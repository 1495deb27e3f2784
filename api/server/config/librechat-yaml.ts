import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import type { RawEnvironment } from './environment.ts';
import { mcpServerSchema, readMcpServers, type McpServerSettings } from './mcp-servers.ts';
import { kindOfEntry, nameOfEntry } from './openrouter-entry.ts';
import type { ConfigProblem } from './problem.ts';

const sectionSchema = z.looseObject({});

const agentsSchema = z.looseObject({
  disableBuilder: z
    .boolean()
    .optional()
    .describe(
      'Handed on to clients by `GET /api/endpoints`; the page of this app shows the builder.',
    ),
  capabilities: z
    .array(z.string())
    .optional()
    .describe(
      "What agents may do. Of LibreChat's list this server knows `tools`; without it they have none. Left out: all.",
    ),
  allowedProviders: z
    .array(z.string())
    .optional()
    .describe('Providers that agents may use. Left out: all.'),
  recursionLimit: z
    .int()
    .positive()
    .optional()
    .describe(
      'Calls of the model in one answer, where an agent has no limit of its own. Left out: 25.',
    ),
  maxRecursionLimit: z
    .int()
    .positive()
    .optional()
    .describe('The same, whatever an agent or a person asks for. Left out: 100.'),
});

const namesSchema = z.array(z.string());

/**
 * Everything that is read, and what it means, for the page about the configuration. The sections are
 * applied one by one, so that a mistake costs no more than its section.
 */
export const librechatYamlSchema = z.looseObject({
  interface: sectionSchema
    .optional()
    .describe(
      'Handed on as it is to clients by `GET /api/config`; the page of this app does not use it.',
    ),
  endpoints: z
    .looseObject({
      agents: agentsSchema.optional(),
      custom: z
        .array(sectionSchema)
        .optional()
        .describe(
          'Only looked through for OpenRouter, which is built in: a warning names the entry.',
        ),
    })
    .optional(),
  modelSpecs: sectionSchema
    .optional()
    .describe(
      'Presets. Handed on as they are by `GET /api/config`; the page of this app does not use them.',
    ),
  includedTools: namesSchema
    .optional()
    .describe('The only built-in tools that agents may use. Left out: all.'),
  filteredTools: namesSchema
    .optional()
    .describe('Built-in tools that agents may not use, where `includedTools` is left out.'),
  mcpServers: z.record(z.string(), mcpServerSchema).optional(),
});

/** What the server takes from `librechat.yaml`. */
export interface LibreChatSettings {
  /** `interface`: which parts of the page are shown; handed to the browser as it is. */
  interface: Record<string, unknown>;
  /** `endpoints.agents`. */
  agents: z.infer<typeof agentsSchema>;
  /** `modelSpecs`: presets an admin prepared; `null` without any. */
  modelSpecs: Record<string, unknown> | null;
  /** `mcpServers`, without the entries that cannot be used. */
  mcpServers: readonly McpServerSettings[];
  /** `includedTools`: the only built-in tools that agents may use; `null` = it is not set. */
  includedTools: readonly string[] | null;
  /** `filteredTools`: built-in tools that agents may not use. */
  filteredTools: readonly string[];
}

const noSettings: LibreChatSettings = {
  interface: {},
  agents: {},
  modelSpecs: null,
  mcpServers: [],
  includedTools: null,
  filteredTools: [],
};

/** The settings with what is odd about them, or why there are none. */
export type SettingsReading =
  | { settings: LibreChatSettings; warnings: string[]; problems: [] }
  | { settings: null; problems: ConfigProblem[] };

/**
 * Reads `librechat.yaml`. Settings that this server does not know are ignored, so a file written for
 * LibreChat can stay as it is.
 *
 * @param path - Absolute.
 * @param isRequired - The path was asked for, so a missing file is a problem.
 * @param environment - For `${VARIABLES}` of MCP servers.
 */
export function readLibreChatYaml(
  path: string,
  isRequired: boolean,
  environment: RawEnvironment,
): SettingsReading {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? 'unknown failure';
    if (code === 'ENOENT' && !isRequired) {
      return { settings: noSettings, warnings: [], problems: [] };
    }
    return failure('CONFIG_PATH', `names a file that cannot be read (${code}): ${path}`);
  }

  const document = parseDocument(content, { prettyErrors: true, merge: true });
  const [syntaxError] = document.errors;
  if (syntaxError) {
    const line = syntaxError.linePos?.[0].line ?? 1;
    return failure(path, `is not valid YAML in line ${line} (${syntaxError.code})`);
  }
  try {
    return readSections(document.toJS() as unknown, environment);
  } catch {
    return failure(path, 'unfolds its aliases into far too much'); // yaml gives up in time.
  }
}

function failure(variable: string, problem: string): SettingsReading {
  const example = 'see librechat.example.yaml';
  return { settings: null, problems: [{ variable, problem, example }] };
}

function readSections(content: unknown, environment: RawEnvironment): SettingsReading {
  const warnings: string[] = [];
  const root = section(content, 'The file', warnings);
  const endpoints = section(root.endpoints, 'endpoints', warnings);
  warnings.push(...leftoverEntries(endpoints.custom));

  const agents = agentsSchema.safeParse(endpoints.agents ?? {});
  if (!agents.success) {
    const field = agents.error.issues[0]?.path.join('.') ?? '';
    warnings.push(
      `librechat.yaml: endpoints.agents.${field} has a wrong type; the section is ignored.`,
    );
  }

  const mcp = readMcpServers(root.mcpServers, environment);
  warnings.push(...mcp.warnings);

  return {
    settings: {
      interface: section(root.interface, 'interface', warnings),
      agents: agents.success ? agents.data : {},
      modelSpecs: root.modelSpecs == null ? null : section(root.modelSpecs, 'modelSpecs', warnings),
      mcpServers: mcp.servers,
      includedTools: names(root.includedTools, 'includedTools', warnings),
      filteredTools: names(root.filteredTools, 'filteredTools', warnings) ?? [],
    },
    warnings,
    problems: [],
  };
}

function section(value: unknown, name: string, warnings: string[]): Record<string, unknown> {
  if (value == null) return {};
  const parsed = sectionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  warnings.push(`librechat.yaml: ${name} is not a map of settings; it is ignored.`);
  return {};
}

function names(value: unknown, name: string, warnings: string[]): string[] | null {
  if (value == null) return null;
  const parsed = namesSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  warnings.push(`librechat.yaml: ${name} is not a list of names; it is ignored.`);
  return null;
}

const LEFTOVER = 'librechat.yaml: endpoints.custom[';

/** Whether a warning is about OpenRouter as a custom endpoint. */
export function isAboutLeftover(warning: string): boolean {
  return warning.startsWith(LEFTOVER);
}

/** OpenRouter as a custom endpoint is what one had before it was built in; both at once would confuse. */
function leftoverEntries(custom: unknown): string[] {
  if (!Array.isArray(custom)) return [];
  return custom.flatMap((entry: unknown, index) => {
    if (kindOfEntry(entry) !== 'openrouter') return [];
    const name = JSON.stringify(nameOfEntry(entry));
    return [
      `${LEFTOVER}${index}] (${name}) is not used, because OpenRouter is built in. To move its settings to .env and remove it, run: npm run migrate:yaml`,
    ];
  });
}

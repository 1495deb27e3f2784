import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { errorCode } from '../error-code.ts';
import type { RawEnvironment } from './environment.ts';
import { readMcpServers, type McpServerSettings } from './mcp-servers.ts';
import type { ConfigProblem } from './problem.ts';

const sectionSchema = z.looseObject({});

const agentsSchema = z.looseObject({
  disableBuilder: z.boolean().optional(),
  capabilities: z.array(z.string()).optional(),
  allowedProviders: z.array(z.string()).optional(),
  recursionLimit: z.int().positive().optional(),
  maxRecursionLimit: z.int().positive().optional(),
});

const namesSchema = z.array(z.string());

const customEndpointSchema = z.looseObject({
  name: z.string().optional(),
  baseURL: z.string().optional(),
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

  const document = parseDocument(content, { prettyErrors: true });
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
    const parsed = customEndpointSchema.safeParse(entry);
    if (!parsed.success) return [];
    const { name = '', baseURL = '' } = parsed.data;
    if (!/openrouter/i.test(name) && !/openrouter\.ai/i.test(baseURL)) return [];
    return [
      `${LEFTOVER}${index}] (${JSON.stringify(name.slice(0, 60))}) is not used, because OpenRouter is built in. Remove that entry and keep OPENROUTER_API_KEY (or OPENROUTER_KEY) in .env.`,
    ];
  });
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { DoctorSetting } from '@openrouter-native/openrouter';
import { createAllowedModels } from '@openrouter-native/plugin';
import { childEnvironment } from './config/child-environment.ts';
import {
  readEnvironment,
  secretValues,
  type Environment,
  type RawEnvironment,
} from './config/environment.ts';
import { readLibreChatYaml, type LibreChatSettings } from './config/librechat-yaml.ts';
import { readKeys, type OpenRouterAccess } from './config/openrouter-key.ts';
import { ConfigError } from './config/problem.ts';
import { readProxy } from './config/proxy.ts';
import { isRouteVariable, readRoutes, type RouteSettings } from './config/routes.ts';
import { readSecrets, type Secrets } from './config/secrets.ts';
import { variableNames, variables } from './config/variables.ts';
import { errorCode } from './error-code.ts';
import type { PdfEngine } from './files/pdf-engine.ts';

export { ConfigError } from './config/problem.ts';

/** LibreChat's: enough for a research task, and an end to a run that goes in circles. */
const DEFAULT_RECURSION_LIMIT = 25;
/** Without a limit of the admin's own: what is set higher by mistake would be dear. */
const MAX_RECURSION_LIMIT = 100;

/** Everything the server was told. Paths are absolute, times are milliseconds. */
export interface Config {
  host: string;
  /** 0 = any free port. */
  port: number;
  dataDirectory: string;
  appTitle: string;
  /** Where people open the page, without a slash at the end; `null` when it was not told. */
  publicUrl: string | null;
  /** How many reverse proxies stand in front. */
  trustedProxies: number;
  /** How long running answers may take to end when the server stops. */
  shutdownMs: number;
  /** Pages that may use the whole API. */
  corsOrigins: readonly string[];
  /** Pages that may use `/api/openrouter` with a token, and nothing else. */
  openRouterOrigins: readonly string[];
  isRegistrationAllowed: boolean;
  /** `null` = embedded database in `dataDirectory`. Holds a password. */
  databaseUrl: string | null;
  secrets: Secrets;
  openrouter: OpenRouterConfig;
  answers: {
    /** At the same time, for each user. */
    maxRunning: number;
    /** Stop those that nobody follows. */
    stopOnLeave: boolean;
    /** Calls of the model in one of them, where an agent names no limit. */
    recursionLimit: number;
    /** The same, whatever an agent or a person asks for. */
    maxRecursionLimit: number;
  };
  /** Of one file, and of all files of one user. */
  files: { fileMegabytes: number; userMegabytes: number };
  libreChat: LibreChatSettings;
  /** What processes of MCP servers are started with; no secret in it. */
  childEnvironment: Readonly<Record<string, string>>;
  logs: {
    level: Environment['LOG_LEVEL'];
    format: 'pretty' | 'json';
    /** The provider's lines are written from level `debug` on. */
    debugOpenRouter: boolean;
  };
  /** The variables that are set, as they were written, and where. Holds every secret. */
  settings: readonly DoctorSetting[];
  /** What was done on the way, one sentence each. */
  notes: readonly string[];
  /** What an operator should put right, one sentence each; no secret in them. */
  warnings: readonly string[];
  /** Values that must not appear in anything the server writes. */
  secretValues: readonly string[];
}

/** How the server reaches OpenRouter, and what it may use there. Times are milliseconds. */
export interface OpenRouterConfig {
  access: OpenRouterAccess;
  managementKey: string | null;
  baseUrl: string;
  siteUrl: string | null;
  siteName: string | null;
  /** URL of an HTTP proxy; may hold a password. */
  proxy: string | null;
  cache: {
    modelsTtlMs: number;
    creditsTtlMs: number;
    backgroundRefreshMs: number | false;
    directory: string;
  };
  /** Ids and patterns of the models that users may use; `null` = all. */
  allowedModels: readonly string[] | null;
  /** Names conversations; `null` = the conversation's own model. */
  titleModel: string | null;
  /** Reads PDFs for models; `null` = OpenRouter chooses. */
  pdfEngine: PdfEngine | null;
  /** Ways to an answer beside the first key. Holds keys. */
  routes: RouteSettings;
}

/**
 * Reads the whole configuration: `.env` in the working directory, the environment (which wins), the
 * secrets in the data folder and `librechat.yaml`. The only place that reads `process.env`.
 *
 * @param directory - Working directory: where `.env` is, and what relative paths start from.
 * @throws {@link ConfigError} listing every problem.
 */
export function loadConfig(
  directory: string = process.cwd(),
  processEnvironment: RawEnvironment = process.env,
): Config {
  const dotEnv = readDotEnv(directory);
  const given = { ...dotEnv, ...processEnvironment };
  // Programs agree on these two in lower case as well.
  const raw = {
    HTTPS_PROXY: given['https_proxy'],
    NO_PROXY: given['no_proxy'],
    ...given,
  };
  const { environment, problems } = readEnvironment(raw);
  if (!environment) throw new ConfigError(problems);

  const dataDirectory = resolve(directory, environment.DATA_DIR);
  const secrets = readSecrets(environment, dataDirectory);
  const yaml = readLibreChatYaml(
    resolve(directory, environment.CONFIG_PATH ?? 'librechat.yaml'),
    environment.CONFIG_PATH !== undefined,
    raw,
  );
  const keys = readKeys(environment);
  const firstKey = keys.access.mode === 'live' ? keys.access.apiKey : null;
  const ways = readRoutes(raw, environment.OPENROUTER_API_KEYS, firstKey);
  if (!secrets.secrets || !yaml.settings || ways.problems.length > 0) {
    throw new ConfigError([...secrets.problems, ...yaml.problems, ...ways.problems]);
  }

  return {
    host: environment.HOST,
    port: environment.PORT,
    dataDirectory,
    appTitle: environment.APP_TITLE,
    publicUrl: environment.DOMAIN_CLIENT ?? null,
    trustedProxies: environment.TRUST_PROXY,
    shutdownMs: environment.SHUTDOWN_TIMEOUT,
    corsOrigins: environment.CORS_ORIGINS,
    openRouterOrigins: environment.OPENROUTER_CORS_ORIGINS,
    isRegistrationAllowed: environment.ALLOW_REGISTRATION,
    databaseUrl: environment.DATABASE_URL ?? null,
    secrets: secrets.secrets,
    openrouter: {
      access: keys.access,
      managementKey: keys.managementKey,
      ...readOpenRouter(environment, directory),
      routes: ways.routes,
    },
    answers: {
      maxRunning: environment.CONCURRENT_MESSAGE_MAX,
      stopOnLeave: environment.STOP_GENERATION_ON_LEAVE,
      recursionLimit: yaml.settings.agents.recursionLimit ?? DEFAULT_RECURSION_LIMIT,
      maxRecursionLimit: yaml.settings.agents.maxRecursionLimit ?? MAX_RECURSION_LIMIT,
    },
    files: {
      fileMegabytes: environment.FILE_SIZE_LIMIT_MB,
      userMegabytes: environment.FILE_TOTAL_LIMIT_MB,
    },
    libreChat: yaml.settings,
    childEnvironment: childEnvironment(raw),
    logs: {
      level: environment.LOG_LEVEL,
      format: environment.LOG_FORMAT ?? (environment.NODE_ENV === 'production' ? 'json' : 'pretty'),
      debugOpenRouter: /(^|[\s,])(openrouter(:\*)?|\*)($|[\s,])/.test(environment.DEBUG ?? ''),
    },
    settings: settingsOf(raw, dotEnv, processEnvironment),
    notes: secrets.notes,
    warnings: [
      ...keys.warnings,
      ...ways.warnings,
      ...yaml.warnings,
      ...secrets.warnings,
      ...contradictions(environment, keys.access),
      ...unusedBesideUsersKeys(environment, keys.access, ways.routes),
      ...unknownVariables(raw),
    ],
    secretValues: [
      ...secretValues(raw),
      ...ways.secretValues,
      ...Object.values(secrets.secrets),
      ...yaml.settings.mcpServers.flatMap((server) => server.secretValues),
    ],
  };
}

/** The environment as it is, for a command that has to work without a valid configuration. */
export function rawEnvironment(): RawEnvironment {
  return process.env;
}

function readOpenRouter(
  environment: Environment,
  directory: string,
): Omit<OpenRouterConfig, 'access' | 'managementKey' | 'routes'> {
  const models = environment.OPENROUTER_MODELS ?? [];
  return {
    baseUrl: environment.OPENROUTER_BASE_URL,
    siteUrl: environment.OPENROUTER_SITE_URL ?? environment.DOMAIN_CLIENT ?? null,
    siteName: environment.OPENROUTER_SITE_NAME ?? null,
    proxy: readProxy(environment),
    cache: {
      modelsTtlMs: environment.OPENROUTER_CACHE_TTL_MODELS,
      creditsTtlMs: environment.OPENROUTER_CACHE_TTL_CREDITS,
      backgroundRefreshMs: environment.OPENROUTER_BACKGROUND_REFRESH,
      directory: resolve(directory, environment.OPENROUTER_CACHE_DIR),
    },
    allowedModels: models.length > 0 ? models : null,
    titleModel: environment.OPENROUTER_TITLE_MODEL ?? null,
    pdfEngine: environment.OPENROUTER_PDF_ENGINE ?? null,
  };
}

function settingsOf(
  raw: RawEnvironment,
  dotEnv: RawEnvironment,
  processEnvironment: RawEnvironment,
): DoctorSetting[] {
  return variableNames.flatMap((name) => {
    const value = raw[name];
    if (value === undefined || value.trim() === '') return [];
    const isFromFile = processEnvironment[name] === undefined && dotEnv[name] !== undefined;
    const source = isFromFile ? '.env' : 'the environment';
    return [{ name, value, source, isSecret: variables[name].isSecret }];
  });
}

function readDotEnv(directory: string): RawEnvironment {
  const path = join(directory, '.env');
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\ufeff/, '')); // Notepad writes a BOM.
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return {};
    const problem = `cannot be read (${code ?? 'unknown failure'})`;
    throw new ConfigError([{ variable: path, problem, example: 'cp .env.example .env' }]);
  }
}

/** Settings that have no effect, or an unwanted one, beside another. */
function contradictions(environment: Environment, { mode }: OpenRouterAccess): string[] {
  const warnings: string[] = [];
  const base = new URL(environment.OPENROUTER_BASE_URL);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname);
  if (mode === 'live' && base.protocol === 'http:' && !isLoopback) {
    warnings.push('OPENROUTER_BASE_URL starts with http://, so the key travels unencrypted.');
  }
  const { OPENROUTER_TITLE_MODEL: titleModel, OPENROUTER_MODELS: models = [] } = environment;
  if (titleModel !== undefined && !createAllowedModels(models).includes(titleModel)) {
    warnings.push(
      `OPENROUTER_TITLE_MODEL is ${titleModel}, which OPENROUTER_MODELS does not allow, so it names no conversations.`,
    );
  }
  if (environment.REDIS_URI !== undefined) {
    warnings.push('REDIS_URI is set, but caches and rate limits still live in this process.');
  }
  return warnings;
}

/** Users pay with their own keys; nobody's else are spent for them. */
function unusedBesideUsersKeys(
  environment: Environment,
  { mode }: OpenRouterAccess,
  { directProviders }: RouteSettings,
): string[] {
  if (mode !== 'user_provided') return [];
  const unused = [
    ...(environment.OPENROUTER_API_KEYS.length > 0 ? ['OPENROUTER_API_KEYS'] : []),
    ...(environment.OPENROUTER_MANAGEMENT_KEY === undefined ? [] : ['OPENROUTER_MANAGEMENT_KEY']),
    ...(directProviders.length > 0 ? ['OPENROUTER_DIRECT_…'] : []),
  ];
  return unused.map((name) => `${name} is not used while OPENROUTER_API_KEY is user_provided: every user asks with a key of their own.`); // prettier-ignore
}

/** A misspelt name would otherwise do nothing, without a word. */
function unknownVariables(raw: RawEnvironment): string[] {
  const known = new Set<string>(variableNames);
  return Object.keys(raw)
    .filter((name) => name.startsWith('OPENROUTER_') && !known.has(name) && !isRouteVariable(name))
    .map((name) => `${name} is not a setting of this server; see .env.example for the names.`);
}

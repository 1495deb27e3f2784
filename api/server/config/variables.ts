import { z } from 'zod';
import {
  commaList,
  flag,
  isOrigin,
  milliseconds,
  millisecondsOrFalse,
  serviceAddress,
  text,
  webAddress,
  wholeNumber,
} from './kinds.ts';

interface Variable<Schema extends z.ZodType = z.ZodType> {
  schema: Schema;
  /** A value that is accepted. */
  example: string;
  /** The value is never shown, not even when it is wrong. */
  isSecret: boolean;
}

function variable<Schema extends z.ZodType>(schema: Schema, example: string): Variable<Schema> {
  return { schema, example, isSecret: false };
}

function secret<Schema extends z.ZodType>(schema: Schema, example: string): Variable<Schema> {
  return { schema, example, isSecret: true };
}

const aKey = 'sk-or-v1-…';
const anOwnSecret = `the output of: node -p "crypto.randomBytes(32).toString('hex')"`;
const aLongSecret = text((value) => value.length >= 32, 'is shorter than 32 characters').describe(
  'text of 32 characters or more',
);
const aKeyOfOpenRouter = z.string().describe('a key: `sk-or-v1-…`');
const aModelId = /^[~@\w.:/+-]+$/;
const aModelPattern = /^[~@\w.:/*+-]+$/;

const origins = commaList(
  isOrigin,
  'holds something other than origins: scheme, host and port, nothing after them',
);

/** Every environment variable of the server, with its default. Times are milliseconds. */
export const variables = {
  NODE_ENV: variable(z.string().optional(), 'production'),
  HOST: variable(
    text((value) => /^[\w.:-]+$/.test(value), 'is not a host name or an IP address').default(
      '127.0.0.1',
    ),
    '127.0.0.1',
  ),
  PORT: variable(wholeNumber(0, 65_535).default(3080), '3080'),
  DATA_DIR: variable(z.string().default('./data'), './data'),
  CONFIG_PATH: variable(
    text((value) => !/^https?:/i.test(value), 'is not the path of a file').optional(),
    './librechat.yaml',
  ),
  APP_TITLE: variable(
    text((value) => value.length <= 100, 'is longer than 100 characters').default(
      'OpenRouter Native',
    ),
    'Team Chat',
  ),
  DOMAIN_CLIENT: variable(webAddress().optional(), 'https://chat.example.com'),
  TRUST_PROXY: variable(wholeNumber(0, 10).default(0), '1'),
  SHUTDOWN_TIMEOUT: variable(milliseconds().default(10_000), '60000'),
  CORS_ORIGINS: variable(origins.default([]), 'https://chat.example.com,http://localhost:5173'),

  OPENROUTER_API_KEY: secret(
    z.string().describe('a key: `sk-or-v1-…`, or `user_provided`').optional(),
    aKey,
  ),
  OPENROUTER_KEY: secret(aKeyOfOpenRouter.optional(), aKey),
  OPENROUTER_API_KEYS: secret(
    commaList(() => true, '')
      .describe('keys between commas')
      .default([]),
    `${aKey},${aKey}`,
  ),
  OPENROUTER_MANAGEMENT_KEY: secret(aKeyOfOpenRouter.optional(), aKey),
  OPENROUTER_BASE_URL: variable(
    webAddress()
      .refine((value) => !/\/chat\/completions$|[?#]/.test(value), {
        error: 'does not end where the routes begin: leave out /chat/completions and any query',
      })
      .default('https://openrouter.ai/api/v1'),
    'https://openrouter.ai/api/v1',
  ),
  OPENROUTER_SITE_URL: variable(webAddress().optional(), 'https://chat.example.com'),
  OPENROUTER_SITE_NAME: variable(
    text(
      (value) => /^[\x20-\x7e]{1,100}$/.test(value),
      'is longer than 100 characters, or holds some that an HTTP header cannot carry',
    ).optional(),
    'Team Chat',
  ),
  OPENROUTER_CACHE_TTL_MODELS: variable(milliseconds().default(3_600_000), '3600000'),
  OPENROUTER_CACHE_TTL_CREDITS: variable(milliseconds().default(300_000), '300000'),
  OPENROUTER_BACKGROUND_REFRESH: variable(millisecondsOrFalse(1000).default(240_000), '240000'),
  OPENROUTER_CACHE_DIR: variable(z.string().default('.cache/openrouter'), '.cache/openrouter'),
  OPENROUTER_CORS_ORIGINS: variable(origins.default([]), 'https://janitorai.com'),
  OPENROUTER_MODELS: variable(
    commaList(
      (item) => aModelPattern.test(item),
      'holds something other than model ids and patterns with *',
    ).optional(),
    'anthropic/*,openai/gpt-5',
  ),
  OPENROUTER_TITLE_MODEL: variable(
    text((value) => aModelId.test(value), 'is not a model id').optional(),
    'openai/gpt-5-mini',
  ),
  OPENROUTER_PDF_ENGINE: variable(
    z
      .enum(['native', 'mistral-ocr', 'cloudflare-ai'], {
        error: 'is none of native, mistral-ocr and cloudflare-ai',
      })
      .optional(),
    'cloudflare-ai',
  ),
  PROXY: secret(serviceAddress('http', 'https').optional(), 'http://proxy.example.com:8080'),
  HTTPS_PROXY: secret(serviceAddress('http', 'https').optional(), 'http://proxy.example.com:8080'),
  NO_PROXY: variable(commaList(() => true, '').default([]), 'localhost,.example.com'),

  JWT_SECRET: secret(aLongSecret.optional(), anOwnSecret),
  JWT_REFRESH_SECRET: secret(aLongSecret.optional(), anOwnSecret),
  CREDS_KEY: secret(
    text((value) => /^[0-9a-f]{64}$/i.test(value), 'does not consist of 64 hexadecimal digits')
      .describe('64 hexadecimal digits')
      .optional(),
    anOwnSecret,
  ),
  ALLOW_REGISTRATION: variable(flag().default(true), 'false'),

  CONCURRENT_MESSAGE_MAX: variable(wholeNumber(1, 100).default(2), '2'),
  STOP_GENERATION_ON_LEAVE: variable(flag().default(false), 'true'),

  FILE_SIZE_LIMIT_MB: variable(wholeNumber(1, 100).default(25), '25'),
  FILE_TOTAL_LIMIT_MB: variable(wholeNumber(1, 1_000_000).default(1024), '1024'),

  DATABASE_URL: secret(
    serviceAddress('postgres', 'postgresql').optional(),
    'postgresql://user:password@localhost:5432/chat',
  ),
  REDIS_URI: secret(serviceAddress('redis', 'rediss').optional(), 'redis://localhost:6379'),

  LOG_LEVEL: variable(
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], {
        error: 'is none of debug, info, warn, error and silent',
      })
      .default('info'),
    'info',
  ),
  LOG_FORMAT: variable(
    z.enum(['pretty', 'json'], { error: 'is neither pretty nor json' }).optional(),
    'json',
  ),
  DEBUG: variable(z.string().optional(), 'openrouter:*'),
} satisfies Record<string, Variable>;

/** Names of the variables, in the order of `.env.example`'s topics. */
export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as VariableName[];

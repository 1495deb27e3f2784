import type { Logger } from '@openrouter-native/openrouter';
import { pino, type Logger as PinoLogger } from 'pino';
import { describeError } from './describe-error.ts';
import { formatPretty } from './pretty.ts';
import { createScrubber, type Scrub } from './scrubber.ts';

/** How much is written, how, and to where. */
export interface LogOptions {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  format: 'pretty' | 'json';
  /** The provider's lines are written from level `debug` on, whatever `level` says. */
  debugOpenRouter: boolean;
  /** Values that must not appear in any line. */
  secretValues: readonly string[];
  /** Takes one line, with its line break. */
  write: (line: string) => void;
}

/** The server's log, by who speaks. */
export interface Logs {
  host: Logger;
  /** Lines of the OpenRouter provider, marked `[OpenRouter]`. */
  openrouter: Logger;
}

/**
 * Opens the log. Credentials are kept out three times over: by field name, by their shape in any
 * text, and by value for those of the configuration.
 */
export function createLogs(options: LogOptions): Logs {
  const { level, format, debugOpenRouter, write } = options;
  const scrub = createScrubber(options.secretValues);
  const root = pino(
    {
      level,
      base: null, // Process id and host name are the business of whatever collects the lines.
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => write(scrub.line(format === 'pretty' ? formatPretty(line) : line)) },
  );
  const provider = root.child({ from: 'OpenRouter' }, { level: debugOpenRouter ? 'debug' : level });
  return { host: toLogger(root, scrub), openrouter: toLogger(provider, scrub) };
}

function toLogger(target: PinoLogger, scrub: Scrub): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}) => {
      if (!target.isLevelEnabled(level)) return;
      target[level](prepare(fields, scrub), scrub.text(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function prepare(fields: Record<string, unknown>, scrub: Scrub): Record<string, unknown> {
  const named = Object.entries(fields).map(([name, value]) => [
    name,
    value instanceof Error ? describeError(value, scrub) : value,
  ]);
  return scrub.fields(Object.fromEntries(named));
}

#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs, parseEnv } from 'node:util';
import type { DoctorReport } from '@openrouter-native/protocol';
import type { Check } from './check.ts';
import { closingChecks, setupChecks, upstreamChecks } from './checks/standard.ts';
import { createStreamCheck } from './checks/stream.ts';
import { examine } from './examine.ts';
import { formatCheck, formatConclusion, formatHuman } from './format/human.ts';
import { formatJson } from './format/json.ts';
import { formatMarkdown } from './format/markdown.ts';
import { paintFor } from './paint.ts';
import { readPatient, type GivenVariables } from './patient.ts';

const HELP = `Finds out why OpenRouter does not answer: configuration, network, key, account, models.

Usage: openrouter-doctor [options]

  --env-file FILE      Variables as in a .env: OPENROUTER_API_KEY, OPENROUTER_KEY,
                       OPENROUTER_MANAGEMENT_KEY, OPENROUTER_BASE_URL, PROXY. Default .env, if there.
  --key-file FILE      The key alone; - reads it from standard input. Goes before the other file.
  --base-url URL       Where the API is. Default https://openrouter.ai/api/v1.
  --skip-completions   Ask no model, so that nothing costs money. The others cost about $0.00001.
  --public-url URL     Also read timed events of a host with the plugin, through its reverse proxy.
  --token-file FILE    The token of one of its administrators, for --public-url.
  --json, --markdown   The whole report, for programs or for an issue.
  --help               Show this text.

The exit code is 0 when nothing failed, 1 otherwise. The environment is not read; to use a variable:
  printenv OPENROUTER_API_KEY | openrouter-doctor --key-file -
`;

/** Wrong use of the command line; the message is for the person. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const patient = readPatientOrExplain(await readVariables(options));
  const paint = paintFor(process.stdout);
  const isHuman = !options.json && !options.markdown;
  const report = await examine({
    patient,
    checks: [...setupChecks, ...upstreamChecks, ...streamChecks(options), ...closingChecks],
    skipCompletions: options['skip-completions'],
    ...(isHuman &&
      process.stdout.isTTY && {
        onCheck: (check) => void process.stdout.write(`${formatCheck(check, paint)}\n`),
      }),
  });
  if (!isHuman) process.stdout.write(formatWhole(report, options.json));
  else if (process.stdout.isTTY) process.stdout.write(formatConclusion(report, paint));
  else process.stdout.write(formatHuman(report, paint));
  process.exitCode = report.status === 'failed' ? 1 : 0;
}

type Options = ReturnType<typeof readOptions>;

function readOptions() {
  try {
    return parseArgs({
      options: {
        'env-file': { type: 'string' },
        'key-file': { type: 'string' },
        'base-url': { type: 'string' },
        'skip-completions': { type: 'boolean', default: false },
        'public-url': { type: 'string' },
        'token-file': { type: 'string' },
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${withoutValues(error)}\n\n${HELP}`);
  }
}

/** A key given as an argument by mistake is not to be repeated. */
function withoutValues(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL'
    ? 'This command takes options only; a key is read from a file or from standard input.'
    : 'An option is unknown or lacks its value.';
}

async function readVariables(options: Options): Promise<GivenVariables[]> {
  const { 'key-file': keyFile, 'env-file': envFile, 'base-url': baseUrl } = options;
  const given: GivenVariables[] = [];
  if (baseUrl !== undefined) {
    given.push({ values: { OPENROUTER_BASE_URL: baseUrl }, source: '--base-url' });
  }
  if (keyFile !== undefined) {
    const key = keyFile === '-' ? await text(process.stdin) : readText(keyFile);
    const source = keyFile === '-' ? 'standard input' : keyFile;
    // A file ends with a line break, which is no part of the key.
    given.push({ values: { OPENROUTER_API_KEY: key.replace(/\r?\n$/, '') }, source });
  }
  const variables = envFile === undefined ? readIfThere('.env') : readText(envFile);
  if (variables !== null) given.push({ values: parseEnv(variables), source: envFile ?? '.env' });
  return given;
}

function readText(path: string): string {
  const content = readIfThere(path);
  if (content === null) throw new UsageError(`There is no file ${path}.`);
  return content;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, ''); // Notepad writes a BOM.
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    throw new UsageError(`${path} cannot be read (${code ?? 'unknown failure'}).`);
  }
}

function readPatientOrExplain(given: readonly GivenVariables[]) {
  try {
    return readPatient(given);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function streamChecks({ 'public-url': publicUrl, 'token-file': tokenFile }: Options): Check[] {
  if (publicUrl === undefined) return [];
  const url = URL.parse(publicUrl);
  if (!url) throw new UsageError('--public-url must be a URL, such as https://chat.example.com');
  if (tokenFile === undefined) throw new UsageError('--public-url needs --token-file.');
  const token = readText(tokenFile).trim();
  return [
    createStreamCheck({
      id: 'stream_public',
      title: 'Streaming through the public address',
      target: () => ({ url, token }),
    }),
  ];
}

function formatWhole(report: DoctorReport, asJson: boolean): string {
  return asJson ? formatJson(report) : formatMarkdown(report);
}

main().catch((error: unknown) => {
  // Anything else than wrong use is told by its kind alone: its message may hold what was read.
  const told =
    error instanceof UsageError
      ? error.message
      : `The doctor failed: ${String(error instanceof Error ? error.name : error)}`;
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
});

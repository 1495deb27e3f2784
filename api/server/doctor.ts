import { parseArgs } from 'node:util';
import {
  examine,
  formatCheck,
  formatConclusion,
  formatHuman,
  formatJson,
  formatMarkdown,
  paintFor,
  type DoctorStep,
  type Patient,
} from '@openrouter-native/openrouter';
import type { DoctorReport } from '@openrouter-native/protocol';
import { doctorToken } from './auth/purpose-token.ts';
import { ConfigError, loadConfig, type Config } from './config.ts';
import { ownerOf } from './database/folder-lock.ts';
import { patientOf } from './doctor/patient.ts';
import { hostSteps } from './doctor/steps.ts';
import { openUpstream } from './services/upstream.ts';
import { StartError } from './start-error.ts';

const HELP = `Finds out what is wrong between this server, its configuration and OpenRouter.

  npm run doctor                              everything, for about $0.00002
  npm run doctor -- --skip-completions        asks no model, so that nothing costs money
  npm run doctor -- --public-url https://chat.example.com
                                              also through the reverse proxy, to find one that buffers
  npm run -s doctor -- --json                 for programs
  npm run -s doctor -- --markdown             for an issue or a message

The exit code is 0 when nothing failed, 1 otherwise.
`;

/** Nothing else can be looked at while the configuration cannot be read. */
const noPatient: Patient = {
  settings: [],
  mode: null,
  apiKey: null,
  managementKey: null,
  baseUrl: 'https://openrouter.ai/api/v1',
  proxy: null,
};

await main();

async function main(): Promise<void> {
  try {
    const options = readArguments();
    if (options.help) {
      process.stdout.write(HELP);
      return;
    }
    const report = await run(options);
    process.exitCode = report.status === 'failed' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

type Options = ReturnType<typeof readArguments>;

function readArguments() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        'skip-completions': { type: 'boolean', default: false },
        'public-url': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch {
    throw new StartError(`An option is unknown or lacks its value.\n\n${HELP}`);
  }
}

async function run(options: Options): Promise<DoctorReport> {
  const config = readConfig();
  if (config instanceof ConfigError) return tell(options, noPatient, [explain(config)]);

  const target = {
    localUrl: ownerOf(config.dataDirectory)?.url ?? `http://${hostInUrl(config)}:${config.port}`,
    publicUrl: readAddress(options['public-url']),
    token: () => doctorToken.sign(config.secrets.jwt),
  };
  const upstream = await openUpstream(config.openrouter);
  try {
    const steps = hostSteps({ config, target, readConfig: () => config });
    return await tell(options, patientOf(config, upstream), steps);
  } finally {
    await upstream?.close();
  }
}

function readConfig(): Config | ConfigError {
  try {
    return loadConfig();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function explain({ problems }: ConfigError): DoctorStep {
  return {
    id: 'configuration',
    title: 'Configuration present',
    run: () => ({
      status: 'failed',
      cause: 'configuration_invalid',
      evidence: problems.map(
        ({ variable, problem, example }) => `${variable} ${problem}. Example: ${example}`,
      ),
    }),
  };
}

/** Prints each check as it ends where somebody watches, else the whole report. */
async function tell(
  options: Options,
  patient: Patient,
  checks: readonly DoctorStep[],
): Promise<DoctorReport> {
  const { stdout } = process;
  const paint = paintFor(stdout);
  const isWatched = stdout.isTTY && !options.json && !options.markdown;
  const report = await examine({
    patient,
    checks,
    skipCompletions: options['skip-completions'],
    ...(isWatched && { onCheck: (check) => void stdout.write(`${formatCheck(check, paint)}\n`) }),
  });
  if (options.json) stdout.write(formatJson(report));
  else if (options.markdown) stdout.write(formatMarkdown(report));
  else stdout.write(isWatched ? formatConclusion(report, paint) : formatHuman(report, paint));
  return report;
}

function hostInUrl({ host }: Config): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function readAddress(address: string | undefined): URL | null {
  if (address === undefined) return null;
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new StartError('--public-url must be a web address, such as https://chat.example.com');
}

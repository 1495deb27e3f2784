#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startSimulator, type SimulatorKeys } from './index.ts';

const HELP = `An offline OpenRouter over real HTTP.

Usage: openrouter-simulator [options]

  --port NUMBER               Port to listen on; 0 for any free one. Default 4010.
  --host ADDRESS              Address to listen on. Default 127.0.0.1.
  --tokens-per-second NUMBER  Speed of the answers; Infinity for no delay. Default 60.
  --scripting                 Serve the control routes under /__simulator.
  --help                      Show this text.
`;

const MEANINGS: Readonly<Record<keyof SimulatorKeys, string>> = {
  inference: 'ordinary key, account with credits',
  capped: 'its own spending cap is nearly reached',
  free: 'account that never bought credits',
  management: 'reads /credits, calls no model',
  disabled: 'switched off',
  expired: 'past its date',
  negative: 'account that owes money',
  poor: 'account with two cents',
  guarded: 'under a guardrail',
};

/** Wrong use of the command line. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    process.stdout.write(HELP);
    return;
  }
  const simulator = await startSimulator(options);

  const lines = Object.entries(MEANINGS).map(([name, meaning]) => {
    const key = simulator.keys[name as keyof SimulatorKeys];
    return `  ${name.padEnd(11)}${key}  ${meaning}`;
  });
  console.log(`OpenRouter simulator at ${simulator.url}`);
  console.log(`Keys (placeholders, good for nothing else):\n${lines.join('\n')}`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      simulator.close().catch(reportAndFail);
    });
  }
}

/** `null` when only help is wanted. */
function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      'tokens-per-second': { type: 'string', default: '60' },
      scripting: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not ${values.port}`);
  }
  const tokensPerSecond = Number(values['tokens-per-second']);
  if (!(tokensPerSecond > 0)) {
    throw new UsageError(
      `--tokens-per-second must be a number above 0, not ${values['tokens-per-second']}`,
    );
  }
  return { port, host: values.host, tokensPerSecond, scripting: values.scripting };
}

function reportAndFail(error: unknown): void {
  const isUsage =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) console.error('\nRun with --help to see the options.');
  process.exitCode = isUsage ? 2 : 1;
}

main().catch(reportAndFail);

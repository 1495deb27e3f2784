import { ConfigError, loadConfig, type Config } from './config.ts';
import { FolderInUseError } from './database/folder-lock.ts';
import { createLogs, type Logs } from './logging/logs.ts';
import { StartError } from './start-error.ts';
import { startServer, type RunningServer } from './start.ts';

const FAILURE = 1;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

await main();

async function main(): Promise<void> {
  const config = readConfig();
  const logs = openLogs(config);
  const dieLoudly = (error: unknown) => {
    logs.host.error('The server stops because of an unexpected failure', { error });
    process.exit(FAILURE);
  };
  process.on('uncaughtException', dieLoudly);
  process.on('unhandledRejection', dieLoudly);

  for (const note of config.notes) logs.host.info(note);
  for (const warning of config.warnings) logs.host.warn(warning);
  const starting = startServer(config, logs);
  stopOnSignal(starting, config, logs);
  try {
    const { url } = await starting;
    logs.host.info(`${config.appTitle} is ready: open ${url}`);
    process.send?.('ready'); // What PM2 waits for before it stops the process that this one replaces.
  } catch (error) {
    if (isForThePerson(error)) logs.host.error(error.message);
    else logs.host.error('The server cannot start', { error });
    process.exit(FAILURE);
  }
}

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(FAILURE);
  }
}

function openLogs({ logs, secretValues }: Config): Logs {
  return createLogs({
    ...logs,
    secretValues,
    write: (line) => process.stdout.write(line),
  });
}

function isForThePerson(error: unknown): error is Error {
  return error instanceof StartError || error instanceof FolderInUseError;
}

/** The first signal lets running answers end, a second one does not wait for them. */
function stopOnSignal(starting: Promise<RunningServer>, { shutdownMs }: Config, logs: Logs): void {
  let isStopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (isStopping) process.exit(FAILURE);
      isStopping = true;
      logs.host.info(`Stopping (${signal}); running answers have ${shutdownMs / 1000} s to end`);
      void stop(starting);
    });
  }
}

async function stop(starting: Promise<RunningServer>): Promise<void> {
  const server = await starting.catch(() => null); // `main` tells why it did not start.
  await server?.close();
  process.exit(server ? 0 : FAILURE);
}

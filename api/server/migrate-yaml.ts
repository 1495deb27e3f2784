import { parseArgs } from 'node:util';
import { rawEnvironment } from './config.ts';
import { migrate, type MigrationOptions } from './migrate/command.ts';
import { MigrationProblem } from './migrate/problem.ts';

const HELP = `Moves OpenRouter from the custom endpoints of a librechat.yaml to .env, where it is built in.

  npm run migrate:yaml                                     shows what would change in ./librechat.yaml
  npm run migrate:yaml -- path/to/librechat.yaml           the same for another file
  npm run migrate:yaml -- path/to/librechat.yaml --write   does it, after a backup of both files
  npm run migrate:yaml -- path/to/librechat.yaml --undo    takes the latest one back
    --env path/to/LibreChat/.env                           where \${VARIABLES} of the file are set, if
                                                           that is not the .env beside it

No key is ever shown. The exit code is 0 when it was done or there is nothing to do, 1 when it cannot
be done (then nothing was written), and 2 when the command was not understood.
`;

main();

function main(): void {
  const options = readArguments();
  if (options === null || options.help) {
    (options ? process.stdout : process.stderr).write(HELP);
    process.exitCode = options ? 0 : 2;
    return;
  }
  try {
    process.stdout.write(
      migrate(options, {
        directory: process.cwd(),
        environment: rawEnvironment(),
        now: Date.now,
      }),
    );
  } catch (error) {
    if (!(error instanceof MigrationProblem)) throw error;
    const file = error.path ?? options.path;
    process.stderr.write(`${file} ${error.message}. Nothing was written.\n`);
    process.exitCode = 1;
  }
}

function readArguments(): (MigrationOptions & { help: boolean }) | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        env: { type: 'string' },
        write: { type: 'boolean', default: false },
        undo: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (positionals.length > 1 || (values.write && values.undo)) return null;
    return { ...values, env: values.env ?? null, path: positionals[0] ?? 'librechat.yaml' };
  } catch {
    return null; // An option is unknown.
  }
}

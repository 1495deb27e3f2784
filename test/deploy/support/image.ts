import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { copyFile, cp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  createContextFilter,
  pathsOf,
  readDockerfile,
  ROOT,
  type Instruction,
  type Stage,
} from './dockerfile.ts';

/** What the Dockerfile made, in plain folders. */
export interface Image {
  /** Stands for `/`. */
  root: string;
  /** Stands for the last `WORKDIR`. */
  directory: string;
  /** Of `ENV`, with paths inside of `root`, and a `PATH` that has nothing of this repository. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** Files that a careless person has in the folder that is built; none may get into the image. */
const SECRETS = ['.env', 'api/.env', 'data/secrets.json'];
export const PLANTED = 'planted-in-the-context';
const RUN_LIMIT_MS = 600_000;

/**
 * Follows our Dockerfile step by step, without Docker: each stage has a folder for its `/`, `COPY`
 * copies and `RUN` runs there, with the absolute paths of the Dockerfile led into that folder.
 */
export async function buildImage(): Promise<Image> {
  const place = mkdtempSync(join(tmpdir(), 'image-'));
  chmodSync(place, 0o755); // The server runs as somebody else.
  const context = aContext(join(place, 'context'));
  const roots: Record<string, string> = {};

  let last: Omit<Image, 'remove'> | undefined;
  for (const [index, stage] of readDockerfile().entries()) {
    const root = join(place, stage.name ?? 'image');
    roots[stage.name ?? index] = root;
    last = await buildStage(stage, root, { context, roots });
  }
  if (!last) throw new Error('There is no stage in the Dockerfile');
  return { ...last, remove: () => rm(place, { recursive: true, force: true }) };
}

/** The latest commit, as a clone has it, with secrets beside it, and what `.dockerignore` leaves of both. */
function aContext(directory: string): string {
  mkdirSync(directory);
  execFileSync('sh', ['-c', `git archive HEAD | tar -x -C ${directory}`], { cwd: ROOT });
  for (const path of SECRETS) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), `OPENROUTER_API_KEY=${PLANTED}\n`);
  }
  return directory;
}

interface Build {
  context: string;
  roots: Readonly<Record<string, string>>;
}

async function buildStage(
  stage: Stage,
  root: string,
  { context, roots }: Build,
): Promise<Omit<Image, 'remove'>> {
  // prettier-ignore
  const isInContext = createContextFilter();
  const bin = join(root, 'usr/local/bin');
  mkdirSync(bin, { recursive: true });
  await copyFile(process.execPath, join(bin, 'node'));
  const environment: Record<string, string> = { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin` };
  let directory = root;
  const inside = (path: string) =>
    path.startsWith('/') ? join(root, path) : join(directory, path);

  for (const instruction of stage.instructions) {
    const { name, rest } = instruction;
    switch (name) {
      case 'WORKDIR':
        directory = inside(rest);
        mkdirSync(directory, { recursive: true });
        break;
      case 'ENV': {
        const [variable = '', value = ''] = rest.split(/=(.*)/s);
        environment[variable] = value.startsWith('/') ? inside(value) : value;
        break;
      }
      case 'RUN':
        await promisify(execFile)('sh', ['-ec', rest.replaceAll(/(?<=\s)\/\w+/g, inside)], {
          cwd: directory,
          env: { ...wayToRegistry(), ...environment },
          timeout: RUN_LIMIT_MS,
          maxBuffer: 16 * 1024 * 1024,
        });
        break;
      case 'COPY': {
        const from = instruction.flags['from'];
        const origin = from === undefined ? context : (roots[from] ?? '');
        await copy(instruction, origin, inside, (path) => from !== undefined || isInContext(path));
        break;
      }
      case 'CMD':
      case 'EXPOSE':
      case 'HEALTHCHECK':
      case 'USER':
      case 'VOLUME':
        break; // For the one who runs it.
      default:
        throw new Error(`What does ${name} do?`);
    }
  }
  return { root, directory, environment };
}

/** A folder gives what is in it, a file itself; a target with a slash at its end is a folder. */
async function copy(
  instruction: Instruction,
  origin: string,
  inside: (path: string) => string,
  isWanted: (path: string) => boolean,
): Promise<void> {
  const { sources, target } = pathsOf(instruction);
  for (const source of sources) {
    const from = join(origin, source);
    const isFile = (await stat(from)).isFile();
    const to = isFile && target.endsWith('/') ? join(inside(target), basename(source)) : inside(target); // prettier-ignore
    mkdirSync(dirname(to), { recursive: true });
    await cp(from, to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => path === from || isWanted(path.slice(origin.length + 1)),
    });
  }
}

/** How this machine reaches the registry; Docker has to be told as well, where it is not plain. */
function wayToRegistry(): NodeJS.ProcessEnv {
  const names =
    /^(HOME|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy|npm_config_(registry|cafile|cache))$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}

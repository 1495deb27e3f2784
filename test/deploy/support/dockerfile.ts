import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of a Dockerfile, continued lines put together. */
export interface Instruction {
  name: string;
  /** `--from=build` is `{ from: 'build' }`. */
  flags: Readonly<Record<string, string>>;
  /** What follows the flags. */
  rest: string;
}

/** From one `FROM` to the next. */
export interface Stage {
  image: string;
  /** `null` for the last one, which is the image. */
  name: string | null;
  instructions: Instruction[];
}

export const ROOT = join(import.meta.dirname, '../../..');

/** Reads the subset of the format that our Dockerfile uses. @see https://docs.docker.com/reference/dockerfile/ */
export function readDockerfile(): Stage[] {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const instruction = parse(line);
    if (instruction.name === 'FROM') {
      const [image = '', , name = null] = instruction.rest.split(' ');
      stages.push({ image, name, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function parse(line: string): Instruction {
  const [, name = '', flags = '', rest = ''] = /^(\w+)\s+((?:--\S+\s+)*)(.*)$/.exec(line) ?? [];
  const pairs = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]); // prettier-ignore
  return { name, flags: Object.fromEntries(pairs) as Record<string, string>, rest };
}

/** What `COPY` copies, and where to. */
export function pathsOf({ rest }: Instruction): { sources: string[]; target: string } {
  const paths = rest.split(/\s+/);
  return { sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
}

/** The list of `CMD ["…"]`. */
export function commandOf({ rest }: Instruction): string[] {
  return JSON.parse(rest.replace(/^CMD\s+/, '')) as string[];
}

/** The only instruction of that name in a stage. @throws Error when there is another number of them */
export function only(stage: Stage | undefined, name: string): Instruction {
  const found = stage?.instructions.filter((instruction) => instruction.name === name) ?? [];
  if (found.length !== 1 || !found[0])
    throw new Error(`${name} stands ${found.length} times there`);
  return found[0];
}

/**
 * Which paths `.dockerignore` lets into the build: the last pattern that matches a path, or a folder
 * above it, decides.
 *
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function createContextFilter(): (path: string) => boolean {
  const rules = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isKept: line.startsWith('!'), pattern: toPattern(line.replace('!', '')) }));
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.isKept ?? true;
}

function toPattern(glob: string): RegExp {
  const source = glob
    .replaceAll(/[.+]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replace(/^(\[\^\/\]\*){2}\//, '(?:.*/)?');
  return new RegExp(`^${source}(/.*)?$`);
}

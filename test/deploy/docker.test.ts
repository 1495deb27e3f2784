import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import {
  commandOf,
  createContextFilter,
  only,
  pathsOf,
  readDockerfile,
  ROOT,
} from './support/dockerfile.ts';

const stages = readDockerfile();
const image = stages.at(-1);
const isInContext = createContextFilter();
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean); // prettier-ignore
const context = tracked.filter(isInContext);

const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as unknown;
const lock = readJson('package-lock.json') as {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
};

describe('the Dockerfile', () => {
  it('stands on the Node.js that the repository pins', () => {
    const { version } = readJson('node_modules/node/package.json') as { version: string };

    expect(stages.map((stage) => stage.image)).toEqual(stages.map(() => `node:${version}-bookworm-slim`)); // prettier-ignore
  });

  it('copies what is there, and nothing in one sweep', () => {
    const copies = stages.flatMap(({ instructions }) =>
      instructions.filter(({ name, flags }) => name === 'COPY' && !flags['from']),
    );
    const sources = copies.flatMap((copy) => pathsOf(copy).sources);

    const missing = sources.filter((source) => !context.some((path) => path === source || path.startsWith(`${source}/`))); // prettier-ignore
    expect(sources.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
    expect(sources).not.toContain('.');
  });

  it('gives npm the manifest of every workspace that the lock file names', () => {
    const workspaces = Object.keys(lock.packages).filter((path) => !path.includes('node_modules'));
    const manifests = workspaces.map((path) => posix.join(path, 'package.json')).toSorted();

    const installing = stages.filter(({ instructions }) => instructions.some(({ rest }) => rest.startsWith('npm ci'))); // prettier-ignore
    for (const { instructions } of installing) {
      const sources = instructions
        .filter(({ name }) => name === 'COPY')
        .flatMap((copy) => pathsOf(copy).sources)
        .filter((path) => path.endsWith('package.json'));
      expect(sources.toSorted()).toEqual(manifests);
    }
    expect(installing).toHaveLength(2);
  });

  it('has no secret in a layer', () => {
    const all = stages.flatMap(({ instructions }) => instructions);

    const named = all.filter(({ name, rest }) => /^(ENV|ARG|LABEL)$/.test(name) && /KEY|SECRET|PASSWORD|TOKEN/.test(rest)); // prettier-ignore
    expect(named).toEqual([]);
  });

  it('runs as nobody in particular, is asked for its health, and starts what npm start does', () => {
    const { scripts } = readJson('package.json') as { scripts: Record<string, string> };

    expect(only(image, 'USER').rest).toBe('1000:1000');
    expect(commandOf(only(image, 'HEALTHCHECK')).join(' ')).toContain('/health');
    expect(scripts['start']).toContain(commandOf(only(image, 'CMD')).join(' '));
  });

  it('finds native packages for both kinds of machine', () => {
    const natives = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).filter((name) => /linux-x64(-gnu)?$/.test(name)),
    );
    const installed = Object.keys(lock.packages);
    const others = natives.map((name) => name.replace('x64', 'arm64'));

    expect(natives.join()).toContain('argon2');
    expect(
      others.filter((name) => !installed.some((path) => path.endsWith(`node_modules/${name}`))),
    ).toEqual([]);
  });
});

describe('.dockerignore', () => {
  it.each([
    '.env',
    '.env.local',
    'api/.env',
    'data/secrets.json',
    'api/data/secrets.json',
    '.git/config',
    'node_modules/express/index.js',
    'api/node_modules/cookie/index.js',
    'packages/plugin/dist/index.js',
    'compose.yaml',
    'test/deploy/docker.test.ts',
  ])('keeps %s out', (path) => {
    expect(isInContext(path)).toBe(false);
  });

  it('lets in what is built', () => {
    expect(context).toContain('api/server/index.ts');
    expect(context).toContain('client/index.html');
    expect(context).toContain('packages/simulator/catalogue/models.json');
    expect(context.some((path) => path.startsWith('api/migrations/'))).toBe(true);
  });
});

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { outcomeOf } from '../support/outcome.ts';
import { until } from '../support/wait.ts';
import { askAt } from './support/ask-at.ts';
import { commandOf, only, readDockerfile } from './support/dockerfile.ts';
import { freePort } from './support/free-port.ts';
import { buildImage, PLANTED, type Image } from './support/image.ts';
import { freshSecrets } from './support/secrets.ts';
import { signUpAt } from './support/sign-up.ts';

const BUILD_LIMIT_MS = 1_200_000; // Two installations and a build; ten minutes on a busy machine.
jest.setTimeout(BUILD_LIMIT_MS);

const isAskedFor = process.env.TEST_DEPLOY === '1';
const isRoot = process.getuid?.() === 0;
const withImage = isAskedFor && isRoot ? describe : describe.skip;
const why = isAskedFor ? 'only root can run it as somebody else' : 'npm run test:deploy';
const leftOut = isAskedFor && isRoot ? '' : ` (left out: ${why})`;

const stage = readDockerfile().at(-1);

withImage(`what the Dockerfile builds, followed without Docker${leftOut}`, () => {
  let image: Image;
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ tokensPerSecond: Infinity });
    image = await buildImage();
  });
  afterAll(async () => {
    await simulator.close();
    await image.remove();
  });

  const find = (...what: string[]) =>
    execFileSync('find', ['.', ...what], { cwd: image.root, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);

  it('has what the server needs at run time, and nothing else', () => {
    const packages = readdirSync(join(image.directory, 'node_modules'));

    expect(packages).toEqual(expect.arrayContaining(['express', 'pg', 'undici']));
    for (const name of ['typescript', 'jest', 'vite', 'react', 'node', 'playwright-core']) {
      expect(packages).not.toContain(name);
    }
    expect(find('-path', '*/node_modules', '-prune', '-o', '-name', '*.test.*', '-print')).toEqual([]); // prettier-ignore
    expect(find('-path', '*/node_modules', '-prune', '-o', '-name', '*.ts', '-print')).toEqual([]);
    expect(existsSync(join(image.directory, 'client/dist/index.html'))).toBe(true);
  });

  it('has nothing of what lay beside the sources', () => {
    const found = spawnSync('grep', ['-rlI', '--exclude-dir=node_modules', PLANTED, image.root], {
      encoding: 'utf8',
    });

    expect(found.stdout).toBe('');
    expect(find('-name', '.env*')).toEqual([]);
  });

  it('lets the server write into its data and nowhere else', () => {
    const [uid] = only(stage, 'USER').rest.split(':');

    const writable = find('-not', '-type', 'l', '-writable', '-uid', uid ?? '');
    expect(writable).toEqual(['./data']);
    expect(find('-not', '-type', 'l', '-perm', '/o=w')).toEqual([]);
  });

  it('serves page and chat as its user, is healthy, and stops when it is told', async () => {
    const [uid, gid] = only(stage, 'USER').rest.split(':').map(Number);
    const port = await freePort();
    const env = {
      ...image.environment,
      PORT: String(port),
      ...freshSecrets(),
      OPENROUTER_API_KEY: simulator.keys.inference,
      OPENROUTER_BASE_URL: simulator.url,
    };
    const asUser = { cwd: image.directory, env, uid, gid } as const;
    const isHealthy = () => {
      const [program = '', ...parameters] = commandOf(only(stage, 'HEALTHCHECK'));
      return spawnSync(program, parameters, asUser).status === 0;
    };
    const url = `http://127.0.0.1:${port}`;
    const isHealthyBefore = isHealthy();

    const [program = '', ...parameters] = commandOf(only(stage, 'CMD'));
    const server = spawn(program, parameters, { ...asUser, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    server.stdout.on('data', (data: Buffer) => (output += String(data)));
    const ended = once(server, 'exit');
    await until(() => output.includes('is ready'), 60_000);
    const token = await signUpAt(url);
    const page = await fetch(url, { headers: { Accept: 'text/html' } });
    const answer = await askAt(url, token, { stream: true });
    const outcome = await outcomeOf(answer);
    const isHealthyThen = isHealthy();
    server.kill('SIGTERM');
    const [code] = (await ended) as [number | null];

    expect(isHealthyBefore).toBe(false);
    expect(await page.text()).toContain('<div id="root">');
    expect(outcome).toMatch(/ stop, /);
    expect(isHealthyThen).toBe(true);
    expect(code).toBe(0);
  });
});

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './support/dockerfile.ts';

interface Service {
  environment?: Record<string, string | number>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  profiles?: string[];
  stop_grace_period?: string;
}

const { services } = parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')) as {
  services: Record<'app' | 'postgres' | 'redis', Service>;
};
const all = Object.values(services);
const REQUIRED = ['JWT_SECRET', 'JWT_REFRESH_SECRET', 'CREDS_KEY', 'POSTGRES_PASSWORD'];

/** The first of the two that is installed here. */
const compose = [['docker', 'compose'], ['docker-compose']].find(
  ([program = '', ...rest]) => spawnSync(program, [...rest, 'version']).status === 0,
);
const withCompose = compose ? describe : describe.skip;

describe('compose.yaml', () => {
  it('knows no password of its own', () => {
    const secrets = all.flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|KEY|DATABASE_URL/.test(name)),
    );

    expect(secrets.length).toBeGreaterThanOrEqual(REQUIRED.length);
    for (const [, value] of secrets) expect(value).toMatch(/\$\{[A-Z_]+:\?[^}]+\}/);
  });

  it('shows the app to this machine, and the rest to nobody', () => {
    expect(services.app.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
    expect([services.postgres.ports, services.redis.ports]).toEqual([undefined, undefined]);
  });

  it('starts the app when the database is healthy, and gives it the time to stop that it takes', () => {
    const { depends_on: needs, environment = {}, stop_grace_period: grace = '' } = services.app;

    expect(needs).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(services.postgres.healthcheck).toBeDefined();
    expect(services.redis.healthcheck).toBeDefined();
    expect(Number.parseInt(grace, 10) * 1000).toBeGreaterThan(
      Number(environment['SHUTDOWN_TIMEOUT']) + 2_000,
    );
  });

  it('keeps a .env that was made for the machine itself from moving data out of the volume', () => {
    expect(services.app.environment).toMatchObject({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      PORT: 3080,
      DATA_DIR: '/data',
      OPENROUTER_CACHE_DIR: '/data/cache',
    });
  });

  it('starts no Redis unless somebody asks for it', () => {
    expect(services.redis.profiles).toEqual(['redis']);
    expect(services.app.environment).not.toHaveProperty('REDIS_URI');
  });
});

withCompose(
  `docker compose config${compose ? '' : ' (left out: Docker Compose is not installed)'}`,
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'compose-'));
    afterAll(() => rmSync(directory, { recursive: true }));

    /** With the example as it is, and these lines below it. */
    function check(variables: readonly string[]): { status: number | null; complaint: string } {
      const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
      const lines = variables.map((name) => `${name}=${'0'.repeat(64)}\n`).join('');
      copyFileSync(join(ROOT, 'compose.yaml'), join(directory, 'compose.yaml'));
      writeFileSync(join(directory, '.env'), example + lines);
      const [program = '', ...rest] = compose ?? [];
      const { status, stderr } = spawnSync(
        program,
        [...rest, '--profile', '*', 'config', '--quiet'],
        {
          cwd: directory,
          encoding: 'utf8',
          env: { PATH: process.env.PATH, HOME: process.env.HOME, DOCKER_CONFIG: process.env.DOCKER_CONFIG }, // prettier-ignore
        },
      );
      return { status, complaint: stderr };
    }

    it('is clean', () => {
      expect(check(REQUIRED)).toEqual({ status: 0, complaint: '' });
    });

    it.each(REQUIRED)('asks for %s', (name) => {
      const { status, complaint } = check(REQUIRED.filter((other) => other !== name));

      expect(status).not.toBe(0);
      expect(complaint).toContain(`required variable ${name} is missing`);
    });
  },
);

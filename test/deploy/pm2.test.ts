import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createScratchDatabase,
  findPostgres,
} from '@openrouter-native/api/database/testing/postgres';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { createChatClient } from '../support/chat-client.ts';
import { payloadsOf } from '../support/outcome.ts';
import { until } from '../support/wait.ts';
import { askAt } from './support/ask-at.ts';
import { ROOT } from './support/dockerfile.ts';
import { freePort } from './support/free-port.ts';
import { MODEL, paceNextAnswer } from './support/paced-answer.ts';
import { createPm2, type Pm2 } from './support/pm2.ts';
import { freshSecrets } from './support/secrets.ts';
import { signUpAt } from './support/sign-up.ts';

jest.setTimeout(180_000); // PM2 is installed first, and two servers start in each test.

const CONFIGURATION = 'deploy/ecosystem.config.cjs';
const START = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start; // prettier-ignore
const WORDS = 30;
const PAUSE_MS = 200; // Six seconds in all: longer than the next process takes to start.
const KNOCK_MS = 25;

const isAskedFor = process.env.TEST_DEPLOY === '1';
const postgres = isAskedFor ? findPostgres() : null;
const withPm2 = isAskedFor ? it : it.skip;
const withBoth = postgres === null ? it.skip : it;
const onRequest = isAskedFor ? '' : ' (left out: npm run test:deploy)';
const onPostgres = isAskedFor && postgres === null ? ' (left out: no PostgreSQL)' : onRequest;

describe('deploy/ecosystem.config.cjs', () => {
  it.each([
    ['DATABASE_URL=\nSHUTDOWN_TIMEOUT=10000\n', { exec_mode: 'fork', kill_timeout: 15_000 }],
    ['# nothing\n', { exec_mode: 'fork', kill_timeout: 15_000 }],
    [
      'DATABASE_URL=postgresql://localhost/chat\nSHUTDOWN_TIMEOUT="300000"\n',
      { exec_mode: 'cluster', kill_timeout: 305_000 },
    ],
  ])('reads %j as the server does, and holds none of it', (dotEnv, expected) => {
    const app = readConfiguration(dotEnv);

    expect(app).toMatchObject({ ...expected, instances: 1, wait_ready: true, pmx: false });
    expect(app['env']).toEqual({ NODE_ENV: 'production' });
    expect(START).toContain(app['script']);
  });
});

describe('the server under PM2', () => {
  let simulator: Simulator;
  const toEnd: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    simulator = await startSimulator({ tokensPerSecond: Infinity });
  });
  afterEach(async () => {
    for (const end of toEnd.splice(0).toReversed()) await end();
  });
  afterAll(() => simulator.close());

  async function start(environment: Record<string, string> = {}) {
    const port = await freePort();
    const pm2 = await createPm2({
      PORT: String(port),
      ...freshSecrets(),
      OPENROUTER_API_KEY: simulator.keys.inference,
      OPENROUTER_BASE_URL: simulator.url,
      ...environment,
    });
    toEnd.push(() => pm2.stop());
    await pm2.run('start', CONFIGURATION);
    return { pm2, url: `http://localhost:${port}` };
  }

  /** Begins a long stream, reloads in the middle of it, and reads the rest. */
  async function reloadDuringAnswer(pm2: Pm2, url: string, token: string) {
    const sentAt = paceNextAnswer(simulator, WORDS, PAUSE_MS);
    const answer = await askAt(url, token, { stream: true });
    const text = answer.text();
    const sentBefore = sentAt.length;
    await pm2.run('reload', CONFIGURATION);
    return { payloads: payloadsOf(await text), sentBefore, sent: sentAt.length };
  }

  withBoth(
    `with PostgreSQL, answers outlive a reload, and new requests are answered all the time${onPostgres}`,
    async () => {
      const scratch = await createScratchDatabase(postgres ?? '');
      toEnd.push(() => scratch.drop());
      const { pm2, url } = await start({
        DATABASE_URL: scratch.url,
        SHUTDOWN_TIMEOUT: '60000',
        OPENROUTER_TITLE_MODEL: 'openai/gpt-4o-mini', // So that a title does not take the paced answer.
      });
      const token = await signUpAt(url);
      const [before] = await pm2.list();

      paceNextAnswer(simulator, WORDS, PAUSE_MS);
      const chats = createChatClient(url, token);
      const started = await chats.start({ text: 'Hi', model: MODEL });
      const events = Array.fromAsync(chats.follow(started.streamId));
      await until(() => simulator.requests.some(({ path }) => path.endsWith('/chat/completions')));
      const controller = new AbortController();
      const { signal } = controller;
      const fresh = knock(signal, () =>
        fetch(`${url}/health`, { headers: { Connection: 'close' } }),
      );
      const { payloads, sent, sentBefore } = await reloadDuringAnswer(pm2, url, token);
      const stored = (await events).at(-1)?.event;
      controller.abort();
      const knocks = await fresh;
      const late = await askAt(url, token);
      const [after] = await pm2.list();

      expect(before).toMatchObject({ pm2_env: { exec_mode: 'cluster_mode', status: 'online' } });
      expect(after).toMatchObject({ pm2_env: { status: 'online', restart_time: 1 } });
      expect(after?.pid).not.toBe(before?.pid);
      expect(sentBefore).toBeLessThan(5);
      expect(payloads.filter((payload) => payload.includes('"word '))).toHaveLength(WORDS);
      expect(payloads).toHaveLength(sent);
      expect(payloads.at(-1)).toBe('[DONE]');
      expect(stored).toMatchObject({ type: 'final', responseMessage: { ending: 'complete' } });
      expect(new Set(knocks)).toEqual(new Set([200]));
      expect(knocks.length).toBeGreaterThan(50);
      expect(late.status).toBe(200);
    },
  );

  withPm2(
    `with the embedded database, a stream ends whole before the next process starts${onRequest}`,
    async () => {
      const { pm2, url } = await start();
      const token = await signUpAt(url);
      const [before] = await pm2.list();

      const { payloads } = await reloadDuringAnswer(pm2, url, token);
      await until(() => fetch(`${url}/health`).then(({ ok }) => ok, () => false), 30_000); // prettier-ignore
      const late = await askAt(url, token);
      const [after] = await pm2.list();
      const saved = await pm2.saved();

      expect(before).toMatchObject({ pm2_env: { exec_mode: 'fork_mode', status: 'online' } });
      expect(after).toMatchObject({ pm2_env: { status: 'online', restart_time: 1 } });
      expect(payloads.filter((payload) => payload.includes('"word '))).toHaveLength(WORDS);
      expect(payloads.at(-1)).toBe('[DONE]');
      expect(late.status).toBe(200); // The account of before is there.
      expect(saved).toContain('api/dist/server/index.js');
      expect(saved).not.toContain(simulator.keys.inference);
    },
  );
});

/** Asks again and again. @returns The status of each answer, or why there was none. */
async function knock(signal: AbortSignal, ask: () => Promise<Response>) {
  const outcomes: (number | string)[] = [];
  while (!signal.aborted) {
    const outcome = await ask().then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      (error: unknown) => String((error as Error).cause),
    );
    outcomes.push(outcome);
    await sleep(KNOCK_MS);
  }
  return outcomes;
}

/** The only app of our configuration for PM2, beside this `.env`. */
function readConfiguration(dotEnv: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'ecosystem-'));
  mkdirSync(join(folder, 'deploy'));
  copyFileSync(join(ROOT, CONFIGURATION), join(folder, CONFIGURATION));
  writeFileSync(join(folder, '.env'), dotEnv);
  const script = `JSON.stringify(require('./${CONFIGURATION}').apps)`;
  const text = execFileSync(process.execPath, ['-p', script], { cwd: folder, env: {} });
  rmSync(folder, { recursive: true });
  const [app] = JSON.parse(String(text)) as [Record<string, unknown>];
  return app;
}

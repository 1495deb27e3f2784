import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** The whole product with a browser in front of it: a server of its own, a simulator behind it. */
export interface Place {
  simulator: Simulator;
  browser: Browser;
  /** Signed in, in a chat that has not begun. */
  page: Page;
  close: () => Promise<void>;
}

const START_LIMIT_MS = 60_000;
const SIZE = { width: 1280, height: 800 };

/**
 * @param environment - Variables of the server, beyond those that lead it to the simulator.
 * @throws `Error` when there is no Chromium, or the server does not start.
 */
export async function openPlace(
  environment: (simulator: Simulator) => Record<string, string> = () => ({}),
): Promise<Place> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium found. Set CHROMIUM_PATH.');
  const folder = await mkdtemp(join(tmpdir(), 'bench-client-'));
  const simulator = await startSimulator({ tokensPerSecond: Infinity });
  const server = spawn(
    process.execPath,
    [
      '--conditions=@openrouter-native/source',
      join(import.meta.dirname, '../../api/server/index.ts'),
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
        ...environment(simulator),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  async function close(): Promise<void> {
    await browser.close();
    const exited = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.kill('SIGTERM')) await exited;
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
  try {
    const url = await urlOf(server.stdout);
    const page = await browser.newPage({ viewport: SIZE });
    await signUp(page, url);
    return { simulator, browser, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function urlOf(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  const giveUp = AbortSignal.timeout(START_LIMIT_MS);
  return new Promise((resolve, reject) => {
    giveUp.addEventListener('abort', () => reject(new Error(`The server did not start:\n${text}`)));
    output.on('data', (data: Buffer) => {
      text += data.toString();
      const url = /is ready: open (http:\/\/[^\s"]+)/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

async function signUp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.com');
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

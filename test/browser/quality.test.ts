import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  controlsTooSmallToTouch,
  screens as devices,
  type Screen,
} from './support/browser.ts';
import { createCleanup } from './support/cleanup.ts';
import { inChromium } from './support/in-chromium.ts';
import { startTestServer, type TestServer } from './support/server.ts';
import { account, answerEnded, ask, chooseModel, createFirstAccount } from './support/visitor.ts';

jest.setTimeout(120_000);

const MAX_FIRST_LOAD_BYTES = 200_000;

/** Every page, and how one knows that it is there; `:agent` stands for the id of one. */
const pages = [
  ['/', 'What is on your mind, Ada?'],
  ['/account', 'Account'],
  ['/admin', 'Administration'],
  ['/admin/doctor', 'Doctor'],
  ['/agents', 'Agents'],
  ['/agents/new', 'New agent'],
  ['/agents/:agent', 'Number cruncher'],
  ['/nowhere', 'Nothing here'],
] as const;

const screens = {
  ...devices,
  /** What 200 % zoom leaves of the desktop. */
  zoomed: { width: 640, height: 400, isTouch: false },
} satisfies Record<string, Screen>;

inChromium('every page in Chromium', (openPage) => {
  let simulator: Simulator;
  let server: TestServer;
  let agentId: string;
  const cleanup = createCleanup();
  beforeAll(async () => {
    simulator = await startSimulator({ tokensPerSecond: Infinity });
    cleanup.add(() => simulator.close());
    server = await startTestServer({
      OPENROUTER_API_KEY: simulator.keys.inference,
      OPENROUTER_BASE_URL: simulator.url,
    });
    cleanup.add(() => server.stop());
    const { page } = await openPage(screens.desktop);
    await createFirstAccount(page, server.url);
    agentId = await createAgent(page);
    await page.context().close();
  });
  afterAll(() => cleanup.run());

  async function createAgent(page: Page): Promise<string> {
    await page.goto(`${server.url}/agents/new`);
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    await field('Name').fill('Number cruncher');
    await field('Instructions').fill('Be exact.');
    await chooseModel(page, 'claude haiku 4.5');
    await page.getByRole('button', { name: 'Save and try' }).click();
    await page.getByText('Saved, version 1').waitFor();
    return new URL(page.url()).pathname.replace('/agents/', '');
  }

  async function signedIn(screen: keyof typeof screens): Promise<Page> {
    const { page } = await openPage(screens[screen]);
    cleanup.add(() => page.context().close());
    await page.goto(`${server.url}/sign-in`);
    await page.getByLabel('Email').fill(account.email);
    await page.getByLabel('Password').fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Chat', exact: true }).waitFor({ state: 'attached' });
    return page;
  }

  async function open(page: Page, path: string, heading: string): Promise<void> {
    await page.goto(`${server.url}${path.replace(':agent', agentId)}`);
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
  }

  describe.each(['desktop', 'phone', 'zoomed'] as const)('%s', (screen) => {
    let page: Page;
    beforeAll(async () => {
      page = await signedIn(screen);
    });

    it.each(pages)('can be used by everybody: %s', async (path, heading) => {
      await open(page, path, heading);

      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
        screens[screen].width,
      );
      expect(await controlsBesideTheScreen(page)).toEqual([]);
      if (screens[screen].isTouch) expect(await controlsTooSmallToTouch(page)).toEqual([]);
    });

    if (screens[screen].isTouch) return; // Has no Tab key.
    it.each(pages)(
      'is reached by the Tab key alone, and shows where that is: %s',
      async (path, heading) => {
        await open(page, path, heading);
        await page.waitForLoadState('networkidle');

        const missed = await page
          .locator('a[href], button, input, select, textarea, summary')
          .evaluateAll(
            (controls) =>
              controls.filter(
                (control) =>
                  control.checkVisibility() &&
                  (control as HTMLElement).tabIndex < 0 &&
                  !control.closest('[role=option], [inert]'),
              ).length,
          );
        const stops = await tabStops(page);

        expect(missed).toBeLessThanOrEqual(1); // The file input, which has a button of its own.
        expect(stops.length).toBeGreaterThan(0);
        expect(stops.filter(({ isMarked }) => !isMarked)).toEqual([]);
      },
    );
  });

  it('stands still for those who asked for that', async () => {
    const page = await signedIn('desktop');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, '/admin', 'Administration');
    await page.getByRole('button', { name: 'Account of Ada' }).click();
    await page.getByRole('dialog', { name: 'Ada' }).waitFor();

    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .map(({ effect }) => effect?.getComputedTiming().activeDuration)
          .filter((duration) => Number(duration) > 1).length,
    );
    expect(moving).toBe(0);
  });

  it('loads at most 200 kB of compressed JavaScript before the chat can be used', async () => {
    const page = await signedIn('desktop');
    await page.context().route('**/sw.js', (route) => route.abort());
    await page.evaluate(async () => {
      for (const worker of await navigator.serviceWorker.getRegistrations())
        await worker.unregister();
    });
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector('textarea')) return;
        performance.mark('usable');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(server.url);
    await page.getByRole('textbox', { name: 'Message' }).waitFor();

    const { bytes, files } = await page.evaluate(() => {
      const usableAt = performance.getEntriesByName('usable')[0]?.startTime ?? 0;
      const scripts = (
        performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      ).filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= usableAt);
      return {
        bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
        files: scripts.map(({ name }) => name),
      };
    });
    expect(files.some((name) => name.includes('/assets/index-'))).toBe(true);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(MAX_FIRST_LOAD_BYTES);
  });

  it('opens without a network, says so, and goes on by itself', async () => {
    const page = await signedIn('desktop');
    await page.goto(server.url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(async () => {
      const cache = await caches.open('openrouter-native:shell');
      const kept = await cache.keys();
      return kept.length > 5 && (await cache.match('/')) !== undefined;
    });
    await page.reload();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);

    await page.reload();
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.context().setOffline(false);
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(await page.getByRole('heading', { name: 'You are offline' }).count()).toBe(0);
    const kept = await page.evaluate(async () => {
      const cache = await caches.open('openrouter-native:shell');
      return (await cache.keys()).map(({ url }) => new URL(url).pathname);
    });
    expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  it('shows a new page as soon as the server has one, although it was kept', async () => {
    const page = await signedIn('desktop');
    await page.goto(server.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.evaluate(async () => {
      const cache = await caches.open('openrouter-native:shell');
      const old = '<!doctype html><title>Old</title><h1>An old page</h1>';
      await cache.put('/', new Response(old, { headers: { 'Content-Type': 'text/html' } }));
    });

    await page.reload();

    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(await page.getByText('An old page').count()).toBe(0);
  });

  it('can be installed', async () => {
    const page = await signedIn('desktop');
    const href = await page.locator('link[rel=manifest]').getAttribute('href');
    const response = await page.request.get(new URL(href ?? '', server.url).href);
    const manifest = (await response.json()) as { icons: { src: string; type: string }[] };

    expect(response.headers()['content-type']).toContain('application/manifest+json');
    expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
    for (const { src, type } of manifest.icons) {
      const icon = await page.request.get(new URL(src, server.url).href);
      expect([src, icon.status(), icon.headers()['content-type']]).toEqual([src, 200, type]);
    }
  });

  it('tells about requests and streams when asked to, and nothing that was written', async () => {
    const SECRET = 'planted-in-a-question';
    const page = await signedIn('desktop');
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    await page.evaluate(() => localStorage.setItem('debug', 'openrouter:*'));
    await page.goto(server.url);
    await chooseModel(page, 'claude haiku 4.5');
    await ask(page, `What is ${SECRET}?`);
    await answerEnded(page);
    await page.getByText('The answer is complete.').waitFor({ state: 'attached' });

    const told = lines.join('\n');
    expect(told).toMatch(
      /openrouter:http GET \/api\/openrouter\/models (200|304) \d+ ms .*x-cache=/,
    );
    expect(told).toMatch(/openrouter:http POST \/api\/agents\/chat\/openrouter 200 \d+ ms .*x-request-id=/); // prettier-ignore
    expect(told).toMatch(/openrouter:stream GET \/api\/agents\/chat\/stream\S* #\d+ \S+ \d+ characters/); // prettier-ignore
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain('Bearer');
    expect(told).not.toMatch(/eyJ|sk-or-/);
  });
});

/** Names of the controls that one would have to scroll sideways for. */
function controlsBesideTheScreen(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main button, main a, header button')]
      .filter((control) => control.checkVisibility())
      .filter((control) => {
        const { left, right } = control.getBoundingClientRect();
        return left < 0 || right > innerWidth;
      })
      .map((control) => control.textContent),
  );
}

/** Where the Tab key leads, one after the other, and whether the eye sees it. */
async function tabStops(page: Page): Promise<{ name: string; isMarked: boolean }[]> {
  const stops: { name: string; isMarked: boolean }[] = [];
  await page.evaluate(() => document.body.focus());
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body || focused.hasAttribute('data-seen')) return null;
      focused.setAttribute('data-seen', '');
      // A choice may be marked by the frame around it, a checkbox by the box beside it.
      const frames = [focused, focused.nextElementSibling];
      for (let frame = focused.parentElement; frame; frame = frame.parentElement)
        frames.push(frame);
      const isMarked = frames.some((element) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && outlineWidth !== '0px';
      });
      return { name: focused.getAttribute('aria-label') ?? focused.textContent, isMarked };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

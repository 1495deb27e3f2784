import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  controlsTooSmallToTouch,
  screens,
  type WatchedPage,
} from './support/browser.ts';
import { createCleanup } from './support/cleanup.ts';
import { inChromium } from './support/in-chromium.ts';
import { startTestServer } from './support/server.ts';
import { createFirstAccount } from './support/visitor.ts';

jest.setTimeout(90_000);

inChromium('the doctor in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('at a %s', (screen) => {
    let simulator: Simulator;
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      simulator = await startSimulator({ tokensPerSecond: Infinity });
      cleanup.add(() => simulator.close());
      const server = await startTestServer({
        OPENROUTER_API_KEY: simulator.keys.guarded,
        OPENROUTER_BASE_URL: simulator.url,
      });
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens[screen]));
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
    });
    afterAll(() => cleanup.run());

    it('is found from the administration', async () => {
      await page.getByRole('button', { name: 'Account of Ada' }).click();
      await page.getByRole('link', { name: 'Administration' }).click();
      await page.getByRole('link', { name: 'Doctor' }).click();

      await page.getByRole('heading', { name: 'Doctor', exact: true }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('shows how far it is, and then the verdict with each check', async () => {
      simulator.script({
        match: { path: '/key' },
        respond: { status: 403, body: { error: { code: 403, message: 'Forbidden' } } },
      });

      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('progressbar', { name: 'Progress of the examination' }).waitFor();
      await page.getByRole('heading', { name: /^The key is valid, the account is not/ }).waitFor();

      const rows = page.locator('details');
      expect(await rows.count()).toBe(24);
      const failed = rows.filter({ hasText: 'The key itself (/key)' });
      expect(await failed.first().textContent()).toMatch(
        /Failed: .*\d+ ms.*Answered 403.*To do: /s,
      );
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('opens the evidence of a check that passed', async () => {
      const row = page.locator('details').filter({ hasText: 'Configuration present' });
      expect(await row.getByText('from the environment').first().isVisible()).toBe(false);

      await row.locator('summary').click();

      await row.getByText(/sk-or-v1-…dada \(from the environment/).waitFor();
      expect(await page.content()).not.toContain('dadada');
    });

    it('copies the report as Markdown', async () => {
      await page.getByRole('button', { name: 'Copy as Markdown' }).click();
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });

      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toMatch(/^# OpenRouter doctor\n\n\*\*The key is valid, the account is not/);
    });

    it('runs again without asking a model when that is not wanted', async () => {
      const before = simulator.requests.length;
      await page.getByRole('checkbox', { name: /Ask three models/ }).uncheck({ force: true });
      await page.getByRole('button', { name: 'Run again' }).click();
      await page.getByRole('heading', { name: /^All is well as far as it was checked/ }).waitFor();

      const asked = simulator.requests.slice(before).filter(({ method }) => method === 'POST');
      expect(asked).toEqual([]);
      expect(await page.getByText('It cost nothing.').count()).toBe(1);
    });

    it('can be stopped', async () => {
      await page.getByRole('button', { name: 'Run again' }).click();
      await page.getByRole('button', { name: 'Stop' }).click();

      await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
      expect(await page.getByRole('progressbar').count()).toBe(0);
    });

    if (screen === 'phone') {
      it('fits, and everything is big enough to touch', async () => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBe(screens.phone.width);
        expect(await controlsTooSmallToTouch(page)).toEqual([]);
      });
    }

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints).toEqual([]);
    });
  });
});

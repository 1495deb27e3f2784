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

inChromium('in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('choosing a model at a %s', (screen) => {
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      const server = await startTestServer();
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens[screen]));
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
    });
    afterAll(() => cleanup.run());

    const dialog = () => page.getByRole('dialog', { name: 'Choose a model' });
    const chosen = () => page.getByRole('button', { name: /^Model:/ });
    const options = () => dialog().getByRole('listbox', { name: 'Models' }).getByRole('option');
    const status = () => dialog().getByRole('status');
    async function open(): Promise<void> {
      await chosen().click();
      await options().first().waitFor();
    }

    it('narrows the list with filters, and takes them away again', async () => {
      await open();
      const before = await status().innerText();

      await dialog().getByRole('button', { name: 'Free', exact: true }).click();
      await dialog().getByRole('button', { name: 'Tools', exact: true }).click();
      await page.waitForFunction((text) => document.querySelector('[role=dialog] [role=status]')?.textContent !== text, before); // prettier-ignore
      const texts = await options().allTextContents();
      expect(texts.length).toBeGreaterThan(2);
      for (const text of texts) expect(text).toMatch(/uses tools[\s\S]*free[\s\S]*free/);
      expect(await accessibilityProblems(page)).toEqual([]);

      await dialog().getByRole('button', { name: 'Reset filters' }).click();
      await dialog().getByText(before, { exact: true }).waitFor();
    });

    it('asks which models keep nothing, and leaves those', async () => {
      const [request] = await Promise.all([
        page.waitForResponse(/\/models\?zdr=true/),
        dialog().getByRole('button', { name: 'Keeps nothing' }).click(),
      ]);
      await dialog()
        .getByText(/^\d+ of \d+ models$/)
        .waitFor();

      const { data } = (await request.json()) as { data: unknown[] };
      expect(data.length).toBeGreaterThan(0);
      await dialog().getByRole('button', { name: 'Keeps nothing' }).click();
    });

    it('sorts by price', async () => {
      await dialog().getByRole('combobox', { name: 'Sort by' }).selectOption('Price');
      const first = await options().first().innerText();

      expect(first).toContain('free');
      await dialog().getByRole('combobox', { name: 'Sort by' }).selectOption('Best match');
    });

    it('reads who serves a model, keeps it as a favourite, and compares it', async () => {
      await dialog().getByRole('combobox', { name: 'Search models' }).fill('gpt-5-mini');
      await dialog().getByRole('button', { name: 'Details', exact: true }).click();
      const details = dialog().getByRole('article', { name: 'Details of GPT-5 Mini' });
      await details
        .getByRole('row', { name: /OpenAI.*\$0\.25.*\$2\.00/ })
        .first()
        .waitFor();
      await details.getByRole('button', { name: 'Keep as favourite' }).click();
      await details.getByRole('button', { name: 'Take out of favourites' }).waitFor();
      await details.getByRole('button', { name: 'Add to comparison' }).click();
      expect(await accessibilityProblems(page)).toEqual([]);

      await dialog().getByRole('button', { name: 'Back to the list' }).click();
      await dialog().getByRole('combobox', { name: 'Search models' }).fill('claude haiku 4.5');
      await dialog().getByRole('button', { name: 'Details', exact: true }).click();
      await dialog().getByRole('button', { name: 'Add to comparison' }).click();
      await dialog().getByRole('button', { name: 'Compare (2)' }).click();
      const table = dialog().getByRole('table', { name: 'Comparison' });
      expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
        expect.stringContaining('openai/gpt-5-mini'),
        expect.stringContaining('anthropic/claude-haiku-4.5'),
      ]);
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('finds favourites first, also after a reload', async () => {
      await page.reload();
      await open();

      await dialog().getByText('Favourites', { exact: true }).waitFor(); // Read beside the list.
      const first = options().first();
      expect(await first.textContent()).toContain('openai/gpt-5-mini');
    });

    it('chooses a variant, which the button names', async () => {
      await dialog().getByRole('combobox', { name: 'Search models' }).fill('gpt-5-mini');
      await dialog().getByRole('button', { name: 'Details', exact: true }).click();
      await dialog()
        .getByRole('button', { name: /^Nitro/ })
        .click();
      await dialog().waitFor({ state: 'hidden' });

      expect((await chosen().innerText()).replaceAll('\n', ' ')).toMatch(/GPT-5 Mini Nitro/);
    });

    it('leaves the choice to the Auto Router', async () => {
      await open();
      await dialog().getByRole('switch', { name: 'Auto Router' }).click();
      await dialog().waitFor({ state: 'hidden' });

      expect(await chosen().innerText()).toMatch(/Auto Router/);
    });

    if (screen === 'phone') {
      it('has room at 360 pixels, and everything is big enough to touch', async () => {
        await page.setViewportSize({ width: 360, height: screens.phone.height });
        await open();

        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBe(360);
        expect(await controlsTooSmallToTouch(page)).toEqual([]);
        await page.keyboard.press('Escape');
      });
    }

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints).toEqual([]);
    });
  });
});

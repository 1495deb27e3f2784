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
import { answerEnded, ask, chooseModel, createFirstAccount } from './support/visitor.ts';

jest.setTimeout(90_000);

inChromium('in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('settings at a %s', (screen) => {
    let simulator: Simulator;
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      simulator = await startSimulator({ tokensPerSecond: 400, firstTokenMs: 0 });
      cleanup.add(() => simulator.close());
      const server = await startTestServer({
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
      });
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens[screen]));
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
      await chooseModel(page, 'deepseek v3.2');
    });
    afterAll(() => cleanup.run());

    const role = screen === 'desktop' ? 'complementary' : 'dialog';
    const panel = () => page.getByRole(role, { name: 'Settings' });
    const button = () => page.getByRole('button', { name: /^Settings/ });
    const part = (name: string) => panel().getByRole('button', { name: new RegExp(`^${name}`) });
    const field = (name: string) => panel().getByRole('textbox', { name });

    async function open(...parts: string[]): Promise<void> {
      if (!(await panel().isVisible())) await button().click();
      await part('Parameters').waitFor();
      for (const name of parts) {
        const isOpen = (await part(name).getAttribute('aria-expanded')) === 'true';
        if (!isOpen) await part(name).click();
      }
    }
    async function close(): Promise<void> {
      await panel().getByRole('button', { name: 'Close' }).click();
      await panel().waitFor({ state: 'hidden' });
    }
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent;
      });
    /** What the last answer was asked with, without the titles that are asked for beside. */
    function lastRequest(): Record<string, unknown> | undefined {
      return simulator.requests
        .filter(({ path }) => path.endsWith('/chat/completions'))
        .map(({ body }) => body as Record<string, unknown>)
        .findLast(({ max_tokens: length }) => length === undefined); // Titles are kept short.
    }

    it('opens with a button, shows the model’s own defaults, and gives the focus back', async () => {
      await button().click();
      await field('Temperature').waitFor();

      expect(await field('Temperature').getAttribute('placeholder')).toMatch(/^default \d/);
      if (screen === 'desktop') {
        expect(await focused()).toBe('Settings'); // The heading; a dialog puts it where it likes.
      }
      await close();
      expect(await focused()).toBe('Settings');
    });

    it('opens every part without a fault that axe or a finger would find', async () => {
      await open('Presets', 'System message', 'Reasoning', 'Web search', 'Fallbacks', 'Limits');
      await open('Providers');
      await panel()
        .getByRole('combobox', { name: /^Use of/ })
        .first()
        .waitFor();
      await panel().getByRole('button', { name: 'Fine-tuning' }).click();

      expect(await accessibilityProblems(page)).toEqual([]);
      if (screen === 'phone') expect(await controlsTooSmallToTouch(page)).toEqual([]);
    });

    if (screen === 'phone') {
      it('has room at 360 pixels', async () => {
        const { width, height } = screens.phone;
        await page.setViewportSize({ width: 360, height });

        const tooWide = await panel().evaluate((element) =>
          [...element.querySelectorAll('*')]
            .filter((each) => each.checkVisibility() && !each.closest('.sr-only'))
            .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
            .map((each) => each.outerHTML.slice(0, 200)),
        );

        expect(tooWide).toEqual([]);
        await page.setViewportSize({ width, height });
      });
    }

    it('marks that something differs, and asks with it and with nothing else', async () => {
      await open('System message', 'Limits');
      await field('System message').fill('Answer in one word.');
      await field('Temperature').fill('0,4');
      await field('An answer may cost').fill('0.5');
      await part('Reasoning').waitFor();
      await panel().getByRole('radio', { name: 'Off', exact: true }).check({ force: true });
      await close();

      expect(await button().getAttribute('aria-label')).toBe('Settings, 4 changed');
      await ask(page, 'Hello');
      await page.getByRole('article').last().locator('.markdown').waitFor();
      await answerEnded(page);

      const { messages, model, temperature, reasoning, ...rest } = lastRequest() ?? {};
      expect(model).toBe('deepseek/deepseek-v3.2');
      expect({ temperature, reasoning }).toEqual({
        temperature: 0.4,
        reasoning: { effort: 'none' },
      });
      expect((messages as { role: string; content: unknown }[])[0]).toEqual({
        role: 'system',
        content: 'Answer in one word.',
      });
      for (const name of ['top_p', 'stop', 'plugins', 'response_format', 'seed', 'models']) {
        expect(rest).not.toHaveProperty(name);
      }
    });

    it('remembers over a reload what was asked with, and what was not yet', async () => {
      await open();
      await field('Temperature').fill('0.9');
      await page.reload();
      await button().waitFor();
      await open('System message', 'Limits');

      expect(await field('System message').inputValue()).toBe('Answer in one word.');
      expect(await field('An answer may cost').inputValue()).toBe('0.5');
      expect(await field('Temperature').inputValue()).toBe('0.9');
    });

    it('begins the next conversation with the defaults', async () => {
      if (screen === 'phone') await close();
      await page.getByRole('button', { name: 'New chat' }).click();
      await page.getByRole('heading', { name: /on your mind/ }).waitFor();

      expect(await button().getAttribute('aria-label')).toBe('Settings');
    });

    it('falls back to models in the order that the keyboard gave them', async () => {
      await open('Fallbacks');
      for (const query of ['gpt-4o-mini', 'claude haiku 4.5']) {
        await panel().getByRole('button', { name: 'Add a model' }).click();
        await page.getByRole('combobox', { name: 'Search models' }).fill(query);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog', { name: /fall back/ }).waitFor({ state: 'hidden' });
      }
      const list = panel().getByRole('list', { name: 'Fallbacks' });
      await list
        .getByText(/dearer/)
        .first()
        .waitFor();

      await panel().getByRole('button', { name: 'Move Claude Haiku 4.5 up' }).press('Enter');

      await panel()
        .getByText('Claude Haiku 4.5 is now number 2 of 3.')
        .waitFor({ state: 'attached' });
      expect(await list.getByRole('listitem').first().innerText()).toMatch(/^Claude Haiku 4.5/);
    });

    it('falls back to models in the order that they were dragged into', async () => {
      const list = panel().getByRole('list', { name: 'Fallbacks' });
      const rows = list.getByRole('listitem');
      const handle = rows.first().getByTitle('Drag');
      await handle.scrollIntoViewIfNeeded();
      const from = await handle.boundingBox();
      const to = await rows.last().boundingBox();
      if (!from || !to) throw new Error('There is nothing to drag');

      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x + from.width / 2, to.y + to.height - 4, { steps: 6 });
      await page.mouse.up();

      await panel()
        .getByText('Claude Haiku 4.5 is now number 3 of 3.')
        .waitFor({ state: 'attached' });
      expect(await rows.first().innerText()).toMatch(/^GPT-4o-mini/);
      await panel().getByRole('button', { name: 'Remove GPT-4o-mini' }).click();
    });

    it('shows which offers remain, and warns when none does', async () => {
      await open('Providers');
      const offers = panel().getByRole('combobox', { name: /^Use of/ });
      await offers.first().waitFor();
      const count = await offers.count();
      expect(count).toBeGreaterThan(1);

      await offers.last().selectOption('Never');
      await panel()
        .getByText(new RegExp(`^${count - 1} of ${count} offers? remain`))
        .waitFor();
      await field('Input at most').fill('0.0001');
      await panel().getByText('No offer remains').waitFor();

      expect(await accessibilityProblems(page)).toEqual([]);
      await panel().getByRole('button', { name: 'Reset: Input at most' }).click();
      await panel().getByText('No offer remains').waitFor({ state: 'hidden' });
    });

    it('asks with fallbacks and providers', async () => {
      if (screen === 'phone') await close();
      await ask(page, 'Hello');
      await page.getByRole('article').last().locator('.markdown').waitFor();
      await answerEnded(page);

      expect(lastRequest()).toMatchObject({
        model: 'deepseek/deepseek-v3.2',
        models: ['anthropic/claude-haiku-4.5'],
        provider: { ignore: [expect.any(String)] },
      });
    });

    it('keeps settings as a preset that new conversations begin with', async () => {
      await open('Presets');
      await field('Save current settings as').fill('Careful');
      await page.keyboard.press('Enter');
      await panel()
        .getByRole('button', { name: /^Careful/, pressed: true })
        .waitFor();
      await panel().getByRole('button', { name: 'More for Careful' }).click();
      await page.getByRole('menuitem', { name: 'Begin new chats with it' }).click();
      await panel().getByText('for new chats').waitFor();
      await close();

      await page.getByRole('button', { name: 'New chat' }).click();
      await page.getByRole('heading', { name: /on your mind/ }).waitFor();

      await page.getByRole('button', { name: 'Settings, 2 changed' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Settings, 2 changed' }).waitFor();
    });

    it('takes all settings back, and back again', async () => {
      await open('Presets');
      await panel().getByRole('button', { name: 'Reset all' }).click();
      await panel().getByText('Everything is back to its default.').waitFor();

      await panel().getByRole('button', { name: 'Undo' }).click();

      await panel()
        .getByRole('button', { name: /^Careful/, pressed: true })
        .waitFor();
    });

    it('leaves nothing of it in the browser after signing out', async () => {
      await open('System message');
      await field('System message').fill('Nobody else may read this.');
      await close();
      await page.getByRole('button', { name: 'Account of Ada' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();

      const kept = await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])); // prettier-ignore
      expect(kept).not.toContain('Nobody else');
    });

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints).toEqual([]);
    });
  });
});

import { startSimulator } from '@openrouter-native/simulator';
import type { Locator, Page } from 'playwright-core';
import {
  accessibilityProblems,
  controlsTooSmallToTouch,
  screens,
  type WatchedPage,
} from './support/browser.ts';
import { createCleanup } from './support/cleanup.ts';
import { inChromium } from './support/in-chromium.ts';
import { startTestServer } from './support/server.ts';
import { answerEnded, createFirstAccount } from './support/visitor.ts';

const QUESTION = 'Use the calculator: what is 17.5 * 2380?';

jest.setTimeout(120_000);

inChromium('in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('writing an agent at a %s', (screen) => {
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      const simulator = await startSimulator({ tokensPerSecond: Infinity, firstTokenMs: 0 });
      cleanup.add(() => simulator.close());
      const server = await startTestServer({
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
      });
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens[screen]));
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
    });
    afterAll(() => cleanup.run());

    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    const test = () => page.getByRole('region', { name: 'Test' });
    const agents = () => page.getByRole('listitem').getByRole('heading');

    async function openSidebar(): Promise<Locator> {
      const show = button('Show conversations');
      if (await show.isVisible()) await show.click();
      const sidebar = page.getByRole('navigation', { name: 'Conversations' });
      await sidebar.waitFor();
      return sidebar;
    }

    async function openMenu(item: string): Promise<void> {
      await button('More').click();
      await page.getByRole('menuitem', { name: item }).click();
    }

    it('reads in one sentence what agents are, and what to do', async () => {
      await (await openSidebar()).getByRole('link', { name: 'Agents' }).click();
      await page.getByRole('heading', { name: 'No agents yet' }).waitFor();

      await page.getByText(/^An agent is a model with instructions, tools and files/).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('link', { name: 'Create an agent' }).click();
      await field('Name').waitFor();
    });

    it('is warned that the model cannot use tools, and takes another one with a click', async () => {
      await field('Name').fill('Number cruncher');
      await field('Description').fill('Calculates exactly.');
      await field('Instructions').fill('Use the calculator for every number.');
      await page.getByRole('group', { name: 'Model' }).getByRole('button', { name: /^Model:/ }).click(); // prettier-ignore
      await page.getByRole('combobox', { name: 'Search models' }).fill('gpt-3.5-turbo-instruct');
      await page.getByRole('option', { name: /GPT-3.5 Turbo Instruct/ }).first().waitFor(); // prettier-ignore
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('checkbox', { name: 'Calculator' }).check({ force: true });

      const warning = page.getByText('GPT-3.5 Turbo Instruct cannot use tools');
      await warning.waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByText('These would do:').locator('..').getByRole('button').last().click();

      await warning.waitFor({ state: 'hidden' });
    });

    it('adds a starter, a file and a limit', async () => {
      await button('Add a starter').click();
      await page.keyboard.type(QUESTION);
      await page.locator('#agent-file-ids input[type=file]').setInputFiles({
        name: 'rounding.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Round half to even.'),
      });
      await page.getByText('rounding.txt').waitFor();
      await button('Take out rounding.txt').waitFor();
      await page.getByRole('progressbar').waitFor({ state: 'hidden' }); // It has arrived.
      await field('US dollars per answer').fill('0.5');

      await page.getByText('Unsaved changes').waitFor();
    });

    it('saves it and tries it at once, with a real conversation', async () => {
      await button('Save and try').click();
      await page.getByText('Saved, version 1').waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/agents\/agent_/);
      await test().getByRole('heading', { name: 'Number cruncher' }).waitFor();
      await test().getByRole('button', { name: QUESTION }).click();

      await test().getByText('41650').first().waitFor();
      await answerEnded(page);
      await test().getByText('calculator').first().waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('says that a change is not in the test yet, and saves it with a keystroke', async () => {
      await field('Description').fill('Calculates exactly, and says how.');
      await test().getByText('This is the agent as last saved.').waitFor();

      await page.keyboard.press('Control+s');

      await page.getByText('Saved, version 2').waitFor();
      expect(await test().getByText('This is the agent as last saved.').count()).toBe(0);
      await test().getByText('41650').first().waitFor(); // The conversation goes on.
    });

    it('begins a new test when told to', async () => {
      await test().getByRole('button', { name: 'New test' }).click();

      await test().getByRole('heading', { name: 'Number cruncher' }).waitFor();
      await test().getByText('Calculates exactly, and says how.').waitFor();
    });

    it('is asked before unsaved changes are left, by a link and by the Back button', async () => {
      const address = page.url();
      await field('Name').fill('Number cruncher 2');
      await page.getByRole('link', { name: 'Back to the agents' }).click();
      const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
      await question.waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await button('Stay').click();
      await question.waitFor({ state: 'hidden' });
      await page.evaluate(() => history.back());
      await question.waitFor();

      expect(page.url()).toBe(address);
      await button('Stay').click();
      expect(await field('Name').inputValue()).toBe('Number cruncher 2');
      await openMenu('Discard changes');
      expect(await field('Name').inputValue()).toBe('Number cruncher');
    });

    it('sees what each version changed, and goes back to the first', async () => {
      await openMenu('Versions');
      const dialog = page.getByRole('dialog', { name: 'Versions' });
      await dialog.getByRole('button', { name: /^Version 2 In use.*Description$/ }).waitFor();
      await dialog.getByRole('button', { name: /^Version 1.*Created$/ }).click();
      await dialog.getByRole('region', { name: 'Version 1' }).getByText('Calculates exactly.', { exact: true }).waitFor(); // prettier-ignore
      expect(await accessibilityProblems(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Go back to this version' }).click();

      await page.getByText('Saved, version 3').waitFor();
      await dialog.waitFor({ state: 'hidden' });
      expect(await field('Description').inputValue()).toBe('Calculates exactly.');
    });

    if (screen === 'phone') {
      it('has room at 360 pixels, and everything is big enough to touch', async () => {
        const { width, height } = screens.phone;
        await page.setViewportSize({ width: 360, height });

        const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(contentWidth).toBe(360);
        expect(await controlsTooSmallToTouch(page)).toEqual([]);
        await page.setViewportSize({ width, height });
      });
    }

    it('duplicates it, and deletes the copy once that is confirmed', async () => {
      await openMenu('Duplicate');
      await page.getByRole('heading', { name: 'Number cruncher (copy)', level: 1 }).waitFor();
      await openMenu('Delete');
      const question = page.getByRole('alertdialog', { name: 'Delete this agent?' });
      await question.getByText(/“Number cruncher \(copy\)”/).waitFor();
      await question.getByRole('button', { name: 'Delete' }).click();

      await page.getByRole('heading', { name: 'Agents', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Number cruncher', exact: true }).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('main li h2').length === 1);
      expect(await agents().allTextContents()).toEqual(['Number cruncher']);
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('finds it by words of its description', async () => {
      const search = page.getByRole('searchbox', { name: 'Search agents' });
      await search.fill('nothing of the kind');
      await page.getByText('No agent has “nothing of the kind”').waitFor();
      await search.fill('exactly');

      await page.getByRole('link', { name: 'Number cruncher', exact: true }).waitFor();
    });

    it('finds no test among the conversations, nor in the archive', async () => {
      const sidebar = await openSidebar();
      await sidebar.getByText('Your conversations will be listed here.').waitFor();
      await sidebar.getByRole('button', { name: 'Archive' }).click();

      await sidebar.getByText('Nothing is archived.').waitFor();
      await sidebar.getByRole('button', { name: 'Conversations', exact: true }).click();
      if (screen === 'phone') await sidebar.getByRole('button', { name: 'Hide conversations' }).click(); // prettier-ignore
    });

    it('chats with it: it greets, answers, and stays the one who answers', async () => {
      await page.getByRole('link', { name: 'Chat with Number cruncher' }).click();
      await page.getByRole('heading', { name: 'Number cruncher', exact: true }).waitFor();
      await page.getByText('Calculates exactly.', { exact: true }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: QUESTION }).click();
      await page.waitForURL(/\/c\//);
      await page.getByText('41650').first().waitFor();
      await answerEnded(page);

      await page.reload();

      await page.getByText('41650').first().waitFor();
      await page.getByRole('button', { name: 'Agent: Number cruncher' }).waitFor();
      await page.getByRole('combobox', { name: 'Provider: Agents' }).waitFor();
    });

    it('finds agents beside OpenRouter in the provider dropdown, and chooses one', async () => {
      await page.getByRole('button', { name: 'New chat' }).or(page.getByRole('link', { name: 'New chat' })).first().click(); // prettier-ignore
      await page.getByRole('combobox', { name: 'Provider: OpenRouter' }).click();
      await page.getByRole('option', { name: /^Agents/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Choose an agent' });
      await dialog.getByRole('option', { name: /Number cruncher/ }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.keyboard.type('cruncher');
      await dialog.getByRole('option', { name: /Number cruncher/ }).waitFor();
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });

      await page.getByRole('heading', { name: 'Number cruncher', exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Provider: Agents' }).click();
      await page.getByRole('option', { name: /^OpenRouter/ }).click();
      await page.getByRole('heading', { name: /^What is on your mind/ }).waitFor();
    });

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints).toEqual([]);
    });
  });
});

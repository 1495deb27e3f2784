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
import { startTestServer, type TestServer } from './support/server.ts';
import { account, answerEnded, ask, chooseModel, createFirstAccount } from './support/visitor.ts';

/** Models that can be chatted with; the catalogue has 421 rows, some of which are variants or for batches. */
const MODELS = 348;

jest.setTimeout(90_000);

inChromium('in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)('a newcomer at a %s', (screen) => {
    let server: TestServer;
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      server = await startTestServer();
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens[screen]));
      cleanup.add(() => page.context().close());
    });
    afterAll(() => cleanup.run());

    it('creates the first account, which becomes the administrator, and lands in the chat', async () => {
      await page.goto(server.url);
      await page.getByText('Create the first account. It becomes the administrator.').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);

      await createFirstAccount(page, server.url);

      await page.getByRole('heading', { name: 'What is on your mind, Ada?' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    });

    it('reads that the simulator answers, and how to set a key', async () => {
      const banner = page.getByRole('complementary', { name: 'Simulator' });

      expect(await banner.textContent()).toMatch(/embedded simulator.*OPENROUTER_API_KEY.*restart/);
      expect(server.log()).toContain('[OpenRouter] Provider initialized successfully');
    });

    it('cannot send before a model is chosen, and is told so', async () => {
      await page.getByRole('textbox', { name: 'Message' }).fill('Hello');

      const send = page.getByRole('button', { name: 'Send' });
      expect(await send.getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Choose a model at the top to begin.').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('finds OpenRouter in the provider dropdown', async () => {
      await page.getByRole('combobox', { name: 'Provider: OpenRouter' }).click();
      await page.getByRole('option', { name: /OpenRouter/ }).waitFor();

      await page.keyboard.press('Escape');
    });

    it('opens the picker with the whole catalogue, of which only the rows in view exist', async () => {
      const button = page.getByRole('button', { name: 'Model: Choose a model' });
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Choose a model' });

      await dialog.getByText(`${MODELS} models`, { exact: true }).waitFor();
      const options = dialog.getByRole('listbox', { name: 'Models' }).getByRole('option');
      expect(await options.first().getAttribute('aria-setsize')).toBe(String(MODELS));
      expect(await options.count()).toBeLessThan(40);
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('finds models with three letters and chooses one with the keyboard alone', async () => {
      const search = page.getByRole('combobox', { name: 'Search models' });
      await page.keyboard.type('son');
      await page.getByText(/^\d+ of 348 models$/).waitFor();
      const first = await activeOption(page);
      await page.keyboard.press('ArrowDown');
      const second = await activeOption(page);

      expect(await search.inputValue()).toBe('son');
      expect(first).toMatch(/son/i);
      expect(second).toMatch(/son.*context.*in per million.*out per million/is);
      expect(second).not.toBe(first);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      const focused = await page.evaluate(() => document.activeElement?.textContent);
      expect(focused).toMatch(/Model: .*son/i);
    });

    it('opens the picker again with the chosen model in the middle of the list', async () => {
      await page.getByRole('button', { name: /^Model:/ }).click();
      await page.waitForFunction(() => {
        const option = document.querySelector('[role=listbox] [role=option][aria-selected=true]');
        const list = option?.closest('.overflow-y-auto');
        if (!option?.textContent.match(/son/i) || !list) return false;
        const [row, box] = [option.getBoundingClientRect(), list.getBoundingClientRect()];
        return Math.abs(row.top + row.height / 2 - (box.top + box.height / 2)) < box.height / 10;
      });

      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    });

    it('closes the picker with Escape and changes nothing', async () => {
      const button = page.getByRole('button', { name: /^Model:/ });
      const before = await button.textContent();
      await button.click();
      await page.getByRole('combobox', { name: 'Search models' }).fill('gpt');

      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });

      expect(await button.textContent()).toBe(before);
    });

    it('sees the balance, and refreshes it with a click', async () => {
      const balance = page.getByRole('button', { name: /^Balance: \$\d+\.\d\d.*Refresh$/ });
      await balance.waitFor();

      const [request] = await Promise.all([page.waitForRequest(/\/credits/), balance.click()]);

      expect(request.url()).toContain('force=true');
    });

    it('watches the answer arrive piece by piece, and reads what it cost', async () => {
      await ask(page, 'Explain how a hash map works, with a small example in Python.');
      const answer = page.getByRole('article').last();
      const lengths = new Set<number>();
      await page.getByRole('button', { name: 'Stop the answer' }).waitFor();
      while (await page.getByRole('button', { name: 'Stop the answer' }).isVisible()) {
        lengths.add((await answer.textContent())?.length ?? 0);
        await page.waitForTimeout(60);
      }

      expect(lengths.size).toBeGreaterThan(5);
      const receipt = answer.getByRole('button', { name: /^Receipt: .*\$0\.\d+/ });
      await receipt.click();
      expect(await answer.textContent()).toMatch(/Tokens in\d+.*Tokens out\d+.*Cost\$0\.\d+/s);
      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('stops an answer at once, which stays as far as it came and says so', async () => {
      await ask(page, 'Explain binary trees at length, with all the details you know.');
      const answer = page.getByRole('article').last();
      await page.waitForFunction(() => {
        const texts = document.querySelectorAll('article .markdown');
        return (texts[texts.length - 1]?.textContent.length ?? 0) > 20 && texts.length === 2;
      });
      if (screen === 'desktop') await page.keyboard.press('Escape');
      else await page.getByRole('button', { name: 'Stop the answer' }).click();

      await answer.getByText('You stopped this answer.').waitFor();
      const stopped = await answer.textContent();
      await page.waitForTimeout(500);
      expect(await answer.textContent()).toBe(stopped);
      await answer.getByRole('button', { name: 'Try again' }).waitFor();
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

    it('stays signed in over a reload, with the conversation and the model that was chosen', async () => {
      const chosen = await page.evaluate(() => localStorage.getItem('openrouter-native:model'));
      const shown = await page.getByRole('button', { name: /^Model:/ }).innerText();
      const name = shown.split('\n').at(-1);

      await page.reload();

      await page.getByRole('article').last().waitFor();
      await page.getByRole('button', { name: `Model: ${name}`, exact: true }).waitFor();
      expect(chosen).toMatch(/son/);
      const stored = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
      expect(stored).not.toMatch(/eyJ/); // No token is kept where a script could find it later.
    });

    it('puts the banner away for as long as the tab is open', async () => {
      await page.getByRole('button', { name: 'Put this notice away' }).click();
      await page.reload();
      await page.getByRole('article').last().waitFor();

      expect(await page.getByRole('complementary', { name: 'Simulator' }).count()).toBe(0);
    });

    it('sees as administrator how the provider fares', async () => {
      await page.getByRole('button', { name: 'Account of Ada' }).click();
      await page.getByRole('link', { name: 'Administration' }).click();

      await page.getByRole('heading', { name: 'The simulator answers' }).waitFor();
      await page.getByText(/^421 models.*read /).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('chooses the dark theme, which holds from the first paint on', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.getByRole('button', { name: 'Account of Ada' }).click();
      await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
      await page.reload();

      const scheme = await page.evaluate(
        () => getComputedStyle(document.documentElement).colorScheme,
      );
      expect(scheme).toBe('dark');
    });

    it('signs out, and in again', async () => {
      await page.getByRole('button', { name: 'Account of Ada' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);

      await page.getByRole('textbox', { name: 'Email' }).fill(account.email);
      await page.getByLabel('Password').fill(account.password);
      await page.getByRole('button', { name: 'Sign in' }).click();

      await page.getByRole('heading', { name: 'Administration' }).waitFor();
    });

    it('met no error in the console and no violation of the security policy', () => {
      expect(complaints).toEqual([]);
    });
  });

  describe('with a key', () => {
    let simulator: Simulator;
    let page: Page;
    let complaints: WatchedPage['complaints'];
    const cleanup = createCleanup();
    beforeAll(async () => {
      simulator = await startSimulator({ tokensPerSecond: 100, firstTokenMs: 0 });
      cleanup.add(() => simulator.close());
      const server = await startTestServer({
        OPENROUTER_API_KEY: simulator.keys.inference,
        OPENROUTER_BASE_URL: simulator.url,
      });
      cleanup.add(() => server.stop());
      ({ page, complaints } = await openPage(screens.desktop));
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
      await chooseModel(page, 'claude haiku 4.5');
    });
    afterAll(() => cleanup.run());

    it('shows no banner, and says in words that the key has no limit', async () => {
      await page.getByRole('button', { name: 'Balance: No limit. Refresh' }).waitFor();

      expect(await page.getByRole('complementary', { name: 'Simulator' }).count()).toBe(0);
    });

    it('shows a refusal as a card that says what to do, and the question can be asked again', async () => {
      simulator.script({
        match: { path: '/chat/completions' },
        respond: {
          status: 402,
          body: { error: { code: 402, message: 'Insufficient credits. Add more.' } },
        },
      });
      await ask(page, 'What is the capital of France?');
      const card = page.getByRole('group', { name: 'Error' });

      expect(await card.textContent()).toMatch(/openrouter\.ai\/settings\/credits/);
      expect(await card.textContent()).toMatch(/Reason insufficient_credits/);
      expect(await accessibilityProblems(page)).toEqual([]);

      await page.getByRole('button', { name: 'Ask again once that is done' }).click();
      await answerEnded(page);
      await page.getByText('The answer is complete.').waitFor({ state: 'attached' });
      expect(await page.getByRole('article').count()).toBe(2);
    });

    it('keeps a cut answer, calls it incomplete, and offers to go on', async () => {
      simulator.script({ match: { path: '/chat/completions' }, cutAtByte: 4000 });
      await ask(page, 'Explain linked lists.');
      const answer = page.getByRole('article').last();

      await answer.getByText(/incomplete/).waitFor();
      expect(await answer.locator('.markdown').textContent()).not.toBe('');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    });

    it('lets the reader scroll up while an answer arrives, and leads back to its end', async () => {
      await page.setViewportSize({ width: screens.desktop.width, height: 420 });
      await ask(page, 'Explain sorting in depth.');
      const conversation = page.getByRole('region', { name: 'Conversation' });
      const top = () => conversation.evaluate((box) => box.scrollTop);
      const answer = page.getByRole('article').last();
      await answer.locator('.markdown').waitFor();

      await conversation.hover();
      await page.mouse.wheel(0, -20); // Little enough to stay near the end.
      await page.waitForTimeout(100);
      const place = await top();
      const length = (await answer.innerText()).length;
      await answerEnded(page);

      expect((await answer.innerText()).length).toBeGreaterThan(length);
      expect(await top()).toBe(place);
      const jump = page.getByRole('button', { name: 'Jump to newest' });
      await jump.click();
      await jump.waitFor({ state: 'hidden' });
      const distance = await conversation.evaluate(
        (box) => box.scrollHeight - box.scrollTop - box.clientHeight,
      );
      expect(distance).toBeLessThan(2);
    });

    it('met no other error in the console', () => {
      expect(complaints.filter((text) => !text.includes('status of 402'))).toEqual([]);
    });
  });

  describe('with a malformed key', () => {
    const cleanup = createCleanup();
    afterAll(() => cleanup.run());

    it('offers no provider, and tells the administrator why in one sentence', async () => {
      const server = await startTestServer({ OPENROUTER_API_KEY: 'not-a-key' });
      cleanup.add(() => server.stop());
      const { page, complaints } = await openPage(screens.desktop);
      cleanup.add(() => page.context().close());
      await createFirstAccount(page, server.url);
      await page.getByRole('heading', { name: 'OpenRouter is not available' }).waitFor();
      expect(await page.getByRole('combobox', { name: /Provider/ }).count()).toBe(0);
      expect(await accessibilityProblems(page)).toEqual([]);

      await page.getByRole('link', { name: 'See why' }).click();
      await page.getByRole('heading', { name: 'OpenRouter is not offered' }).waitFor();
      await page.getByText('OPENROUTER_API_KEY', { exact: true }).waitFor();
      expect(await page.getByRole('main').textContent()).toMatch(/sk-or-/);
      expect(await page.content()).not.toContain('not-a-key');
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  });
});

/** Not the options of its filters. */
function listedModels(page: Page) {
  return page.getByRole('listbox', { name: 'Models' }).getByRole('option');
}

/** The words of the option that Enter would choose. */
async function activeOption(page: Page): Promise<string> {
  const option = listedModels(page).and(page.getByRole('option', { selected: true }));
  return (await option.textContent()) ?? '';
}

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
import { account, createFirstAccount } from './support/visitor.ts';

jest.setTimeout(90_000);

inChromium('the account in Chromium', (openPage) => {
  describe.each(['desktop', 'phone'] as const)(
    'of somebody who brings a key, at a %s',
    (screen) => {
      let simulator: Simulator;
      let server: TestServer;
      let page: Page;
      let complaints: WatchedPage['complaints'];
      const cleanup = createCleanup();
      beforeAll(async () => {
        simulator = await startSimulator({ tokensPerSecond: Infinity });
        cleanup.add(() => simulator.close());
        server = await startTestServer({
          OPENROUTER_API_KEY: 'user_provided',
          OPENROUTER_BASE_URL: simulator.url,
        });
        cleanup.add(() => server.stop());
        ({ page, complaints } = await openPage(screens[screen]));
        cleanup.add(() => page.context().close());
        await createFirstAccount(page, server.url);
      });
      afterAll(() => cleanup.run());

      it('is told in the chat that a key is missing, and led to where it is stored', async () => {
        const notice = page.getByRole('complementary', { name: 'OpenRouter key' });
        expect(await page.getByRole('button', { name: /^Balance/ }).count()).toBe(0);
        await page.getByRole('link', { name: 'Add a key' }).waitFor();
        await notice.getByRole('link', { name: 'Store a key' }).click();

        await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
        await page.getByText('No key is stored yet.').waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
      });

      it('reads what is wrong with a key that is none, and keeps nothing of it', async () => {
        await page.getByLabel('Key', { exact: true }).fill('hunter2');
        await page.getByRole('button', { name: 'Store the key' }).click();

        await page
          .getByRole('alert')
          .getByText(/^This is not an OpenRouter key/)
          .waitFor();
        await page.getByText('No key is stored yet.').waitFor();
        expect(await page.content()).not.toContain('hunter2');
      });

      it('stores a key for a month, which the page then knows nothing of', async () => {
        await page.getByLabel('Key', { exact: true }).fill(simulator.keys.inference);
        await page.getByLabel('Forget it after').selectOption('30');
        await page.getByRole('button', { name: 'Store the key' }).click();

        await page.getByText('The key is stored.').waitFor();
        await page.getByText(/^A key is stored until .*20\d\d/).waitFor();
        expect(await page.content()).not.toContain(simulator.keys.inference);
        expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('');
      });

      it('deletes it after a question, and the focus stays on the page', async () => {
        await page.getByRole('button', { name: 'Delete the key' }).click();
        const question = page.getByRole('alertdialog', { name: 'Delete the key' });
        await question.getByText('At OpenRouter it stays as it is.').waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
        await question.getByRole('button', { name: 'Delete' }).click();

        await page.getByText('No key is stored yet.').waitFor();
        await page.getByText('The key is deleted.').waitFor();
      });

      it('connects with OpenRouter, comes back to a chat that says so, and to a clean address', async () => {
        await page.getByRole('button', { name: 'Connect with OpenRouter' }).click();

        await page.getByText('OpenRouter is connected: your key is stored.').waitFor();
        await page.waitForFunction(() => location.search === '');
        await page.getByRole('button', { name: /^Balance: / }).waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
        await page.getByRole('button', { name: 'Put this notice away' }).click();
        expect(await page.getByText('OpenRouter is connected').count()).toBe(0);
      });

      it('comes back without consent to a chat that says so', async () => {
        await page.goto(`${server.url}/?connect_error=denied`);

        await page
          .getByRole('alert')
          .getByText(/because consent was not given/)
          .waitFor();
        await page.waitForFunction(() => location.search === '');
        await page.reload();
        await page.getByRole('heading', { name: /^What is on your mind/ }).waitFor();
        expect(await page.getByText(/consent was not given/).count()).toBe(0);
      });

      it('puts favourite models into another order, and takes one away, for good', async () => {
        await page.evaluate(async () => {
          const renewed = await fetch('/api/auth/refresh', { method: 'POST' });
          const { token } = (await renewed.json()) as { token: string };
          const models = ['anthropic/claude-haiku-4.5', 'openai/gpt-5-mini', 'gone/gone'];
          const favorites = models.map((model) => ({ endpoint: 'openrouter', model }));
          await fetch('/api/user/settings/favorites', {
            method: 'POST',
            headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
            body: JSON.stringify({ favorites }),
          });
        });
        await page.goto(`${server.url}/account`);
        const list = page.getByRole('region', { name: 'Favourite models' }).getByRole('listitem');
        await list.nth(2).getByText('no longer offered').waitFor();

        const down = page.getByRole('button', { name: /^Move .*Haiku 4\.5 down$/ });
        await down.focus();
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Remove gone/gone' }).click();
        await page.getByText('gone/gone is removed.').waitFor({ state: 'attached' });
        await page.waitForLoadState('networkidle');
        await page.reload();

        await list.nth(1).waitFor();
        expect(await list.count()).toBe(2);
        expect(await list.first().textContent()).toContain('openai/gpt-5-mini');
        expect(await list.nth(1).textContent()).toContain('anthropic/claude-haiku-4.5');
      });

      it('reads the page in German and Chinese, and finds the choice again', async () => {
        const heading = (name: string) => page.getByRole('heading', { name, exact: true });
        await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('zh-CN');
        await heading('账号').waitFor();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
        expect(await accessibilityProblems(page)).toEqual([]);

        await page.getByRole('combobox', { name: '语言', exact: true }).selectOption('de');
        await heading('Konto').waitFor();
        await page.reload();
        await heading('Konto').waitFor();
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
        expect(await accessibilityProblems(page)).toEqual([]);
      });

      it('is told of a failure in German, with what the server said beside it', async () => {
        await page.getByLabel('Schlüssel', { exact: true }).fill('hunter2');
        await page.getByRole('button', { name: 'Schlüssel ersetzen' }).click();
        const card = page.getByRole('alert');
        await card.getByText('Der OpenRouter-Schlüssel hat eine falsche Form.').waitFor();
        await card.getByText('Details').click();

        await card
          .locator('[lang=en]')
          .getByText(/^This is not an OpenRouter key/)
          .waitFor();
        await card.getByRole('button', { name: 'Details kopieren' }).click();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toMatch(/reason: key_malformed\ncode: 400\nrequest: \S+/);
        expect(copied).not.toContain('hunter2');
      });

      if (screen === 'phone') {
        it('has room at 360 pixels, and everything is big enough to touch', async () => {
          await page.setViewportSize({ width: 360, height: screens.phone.height });

          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
          expect(await controlsTooSmallToTouch(page)).toEqual([]);
        });
      }

      it('met no error in the console but those of refused keys', () => {
        expect(complaints.filter((text) => !isRefusal(text))).toEqual([]);
      });
    },
  );

  describe.each(['desktop', 'phone'] as const)(
    'of somebody who brings no key, at a %s',
    (screen) => {
      let server: TestServer;
      let page: Page;
      let complaints: WatchedPage['complaints'];
      let token: string;
      const cleanup = createCleanup();
      beforeAll(async () => {
        server = await startTestServer();
        cleanup.add(() => server.stop());
        ({ page, complaints } = await openPage(screens[screen]));
        cleanup.add(() => page.context().close());
        await createFirstAccount(page, server.url);
      });
      afterAll(() => cleanup.run());

      const message = () => page.getByRole('textbox', { name: 'Message', exact: true });
      async function signOut(): Promise<void> {
        await page.getByRole('button', { name: /^Account of / }).click();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
      }
      const useToken = () =>
        fetch(`${server.url}/api/openrouter/models`, {
          headers: { Authorization: `Bearer ${token}` },
        });

      it('has a message again after a reload, and after signing out and in', async () => {
        await message().fill('A thought that is not fin');
        await page.reload();
        expect(await message().inputValue()).toBe('A thought that is not fin');

        await message().fill('A thought that is nearly');
        await signOut();
        await page.getByRole('textbox', { name: 'Email' }).fill(account.email);
        await page.getByLabel('Password').fill(account.password);
        await page.getByRole('button', { name: 'Sign in' }).click();

        await message().waitFor();
        expect(await message().inputValue()).toBe('A thought that is nearly');
      });

      it('says whose key is used where nobody brings one', async () => {
        await page.getByRole('button', { name: 'Account of Ada' }).click();
        await page.getByRole('link', { name: 'Account' }).click();

        await page.getByText('The embedded simulator answers, which needs no key.').waitFor();
        expect(await page.getByLabel('Key', { exact: true }).count()).toBe(0);
      });

      it('creates a token for an app, which is shown once, and works', async () => {
        await page.getByRole('button', { name: 'Create a token' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox', { name: 'Name' }).fill('LibreChat');
        await dialog.getByRole('textbox', { name: 'Only these models' }).fill('openai/*');
        await dialog.getByRole('textbox', { name: 'Limit for each month' }).fill('5');
        expect(await accessibilityProblems(page)).toEqual([]);
        if (screen === 'phone') expect(await controlsTooSmallToTouch(page)).toEqual([]);
        await dialog.getByRole('button', { name: 'Create a token' }).click();

        await page.getByRole('dialog', { name: 'The token for LibreChat' }).waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
        await dialog.getByRole('button', { name: 'Copy the token' }).click();
        token = await page.evaluate(() => navigator.clipboard.readText());
        await dialog.getByText(`${server.url}/api/openrouter`, { exact: true }).waitFor();
        await dialog.getByRole('button', { name: 'Done' }).click();

        const { data } = (await (await useToken()).json()) as { data: { id: string }[] };
        expect(data.length).toBeGreaterThan(10);
        expect(data.every(({ id }) => id.startsWith('openai/'))).toBe(true);
        expect(await page.content()).not.toContain(token);
      });

      it('finds it in the list, with what it may do and when it was used', async () => {
        await page.reload();
        const row = page.getByRole('listitem', { name: 'LibreChat' });

        await row.getByText('ask models and list models').waitFor();
        await row.getByText('$0.00 of $5.00').waitFor();
        await row.getByText('now', { exact: true }).waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
      });

      it('revokes it as an administrator, and the app is refused', async () => {
        await page.goto(`${server.url}/admin`);
        const row = page.getByRole('listitem', { name: 'LibreChat' });
        await row.getByText('ada@example.com').waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
        await row.getByRole('button', { name: 'Revoke LibreChat' }).click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();

        await row.waitFor({ state: 'detached' });
        expect((await useToken()).status).toBe(401);
      });

      it('leaves nothing that was written to somebody else who signs in', async () => {
        await page.goto(server.url);
        await signOut();
        await page.getByRole('link', { name: 'Create one' }).click();
        await page.getByRole('textbox', { name: 'Name' }).fill('Bob');
        await page.getByRole('textbox', { name: 'Email' }).fill('bob@example.com');
        await page.getByLabel('Password').fill('another horse battery staple');
        await page.getByRole('button', { name: 'Create account' }).click();

        await page.getByRole('button', { name: 'Account of Bob' }).waitFor();
        expect(await message().inputValue()).toBe('');
        const kept = await page.evaluate(() =>
          JSON.stringify([Object.values(sessionStorage), Object.values(localStorage)]),
        );
        expect(kept).not.toContain('A thought');
      });

      it('met no error in the console', () => {
        expect(complaints).toEqual([]);
      });
    },
  );
});

function isRefusal(text: string): boolean {
  return /status of (400|401)/.test(text);
}

/** `npm run screenshots`: makes the pictures of docs/screenshots anew, from the built page. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPlace } from '../support/place.ts';
import { screens } from './support/browser.ts';
import { account, answerEnded, ask, chooseModel } from './support/visitor.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

/** Leads to what a picture shows; the page is signed in, in a new chat. */
type Scene = (page: Page) => Promise<void>;

const scenes: Record<string, Scene> = {
  async chat(page) {
    await chooseModel(page, 'claude sonnet 5');
    await ask(page, 'Write Python code that counts the words of a file.');
    await answerEnded(page);
    await page.getByText(/\$0\.\d+/).last().waitFor(); // prettier-ignore
    await page.locator('pre .hljs-keyword').first().waitFor(); // Parser and colours may come after an answer this quick.
  },
  async picker(page) {
    await page.getByRole('button', { name: /^Model:/ }).click();
    await page.getByRole('combobox', { name: 'Search models' }).pressSequentially('claude');
    await page.keyboard.press('ArrowDown');
  },
  async settings(page) {
    await chooseModel(page, 'deepseek v3.2');
    await page.getByRole('button', { name: /^Settings/ }).click();
    await page.getByRole('button', { name: /^Parameters/ }).waitFor();
  },
  async agent(page) {
    await openFromStart(page, '/agents/new');
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    await field('Name').fill('Number cruncher');
    await field('Description').fill('Calculates exactly.');
    await field('Instructions').fill('Use the calculator for every number, and show the steps.');
    const group = page.getByRole('group', { name: 'Model' });
    await group.getByRole('button', { name: /^Model:/ }).click();
    await page.getByRole('combobox', { name: 'Search models' }).fill('claude haiku 4.5');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('checkbox', { name: 'Calculator' }).check({ force: true });
    await page.getByRole('button', { name: 'Save and try' }).click();
    const test = page.getByRole('region', { name: 'Test' });
    await test.getByRole('textbox', { name: 'Message' }).fill('Use the calculator: what is 17.5 * 2380?'); // prettier-ignore
    await page.keyboard.press('Enter');
    await test.getByText('41650').first().waitFor();
    await answerEnded(page);
    await page.getByRole('main').evaluate((main) => main.scrollTo(0, 0));
  },
  async agents(page) {
    await openFromStart(page, '/agents');
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
  },
  account: (page) => openFromStart(page, '/account'),
  admin: (page) => openFromStart(page, '/admin'),
  async doctor(page) {
    await openFromStart(page, '/admin/doctor');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Run again' }).waitFor();
  },
};

/** What is worth seeing on a phone too. */
const onPhones = ['chat', 'picker'];

const place = await openPlace((simulator) => ({
  OPENROUTER_MANAGEMENT_KEY: simulator.keys.management,
}));
try {
  const { origin } = new URL(place.page.url());
  for (const [name, scene] of Object.entries(scenes)) {
    await picture(place.browser, origin, name, scene, 'desktop');
    if (onPhones.includes(name)) await picture(place.browser, origin, name, scene, 'phone');
  }
} finally {
  await place.close();
}

/** One scene, in both themes. */
async function picture(
  browser: Browser,
  origin: string,
  name: string,
  scene: Scene,
  screen: keyof typeof screens,
): Promise<void> {
  const { width, height, isTouch } = screens[screen];
  const context = await browser.newContext({
    viewport: { width, height: Math.max(height, 860) },
    hasTouch: isTouch,
    isMobile: isTouch,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await scene(page);
  await page.waitForLoadState('networkidle');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const prefix = screen === 'phone' ? 'phone-' : '';
    await page.screenshot({ path: join(FOLDER, `${prefix}${name}-${colorScheme}.png`) });
  }
  await context.close();
}

async function openFromStart(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

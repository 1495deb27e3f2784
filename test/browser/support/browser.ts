import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Nothing but the page itself: no update checks, no sync, no first-run page. */
const ARGUMENTS = [
  '--no-sandbox', // Chromium refuses to run as root with it, as it does in containers.
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The sizes, in CSS pixels, at which the product is looked at. */
export const screens = {
  desktop: { width: 1280, height: 800, isTouch: false },
  phone: { width: 390, height: 844, isTouch: true },
} as const;

/** A size, in CSS pixels. */
export interface Screen {
  width: number;
  height: number;
  isTouch: boolean;
}

/** Starts it headless, with a profile of its own that is gone afterwards. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of a fresh profile, and what it complained about. */
export interface WatchedPage {
  page: Page;
  /** Errors and warnings of the console, uncaught errors, and violations of the security policy. */
  complaints: string[];
}

/** Opens a page of this size, and listens to it from the start. */
export async function openPage(
  browser: Browser,
  { width, height, isTouch }: Screen,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: isTouch,
    isMobile: isTouch,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  return { page, complaints };
}

/**
 * What axe finds on the page as it is now; empty when all is well. Wide pages are looked at in the light
 * theme and narrow ones in the dark one, so that a path walked at both sizes has seen both.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const isNarrow = (page.viewportSize()?.width ?? 0) < screens.desktop.width;
  const problems: string[] = [];
  for (const colorScheme of [isNarrow ? 'dark' : 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(async () => {
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) {
      problems.push(
        `${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      );
    }
  }
  return problems;
}

/** Names of the controls in view that a finger would miss: less than 44 pixels wide or high. */
export function controlsTooSmallToTouch(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll('button, a[href], input, select, textarea, summary');
    return [...controls]
      .filter((control) => control.checkVisibility() && !control.closest('p, .sr-only'))
      .map((control) =>
        control.matches('.sr-only') ? (control.parentElement ?? control) : control,
      )
      .filter((control) => {
        // A link may be spread over the card that it stands in.
        const isSpread = getComputedStyle(control, '::before').position === 'absolute';
        const card = isSpread ? (control as HTMLElement).offsetParent : null;
        const { width, height } = (card ?? control).getBoundingClientRect();
        return width < 44 || height < 44;
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent);
  });
}

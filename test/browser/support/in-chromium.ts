import type { Browser } from 'playwright-core';
import { findChromium } from '../../support/chromium.ts';
import {
  launchChromium,
  openPage as openPageIn,
  type Screen,
  type WatchedPage,
} from './browser.ts';

/** Opens a page of this size in a profile of its own. For hooks and tests, not for `define` itself. */
type OpenPage = (screen: Screen) => Promise<WatchedPage>;

/**
 * A `describe` whose tests share one Chromium. Where the machine has none they are left out, and their
 * report says so.
 */
export function inChromium(title: string, define: (openPage: OpenPage) => void): void {
  const executablePath = findChromium();
  if (executablePath === null) {
    describe.skip('LEFT OUT, since this machine has no Chromium (set CHROMIUM_PATH)', () => {
      define(() => Promise.reject(new Error('There is no Chromium')));
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium(executablePath);
    });
    afterAll(() => browser.close());
    define((screen) => openPageIn(browser, screen));
  });
}

import type { Page } from 'playwright-core';

/** What was seen of a page while something went on. Milliseconds. */
export interface Frames {
  /** From one painted frame to the next. */
  intervals: readonly number[];
  /** Tasks of 50 ms and more on the main thread. */
  longTasks: readonly number[];
}

declare global {
  // Lives in the page that is measured.
  var watchedFrames: { intervals: number[]; longTasks: number[]; stop: () => void } | undefined;
}

/** Begins to watch. One watch at a time. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  await page.evaluate(() => {
    const intervals: number[] = [];
    const longTasks: number[] = [];
    let last = performance.now();
    let isOn = true;
    requestAnimationFrame(function next(now) {
      intervals.push(now - last);
      last = now;
      if (isOn) requestAnimationFrame(next);
    });
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });
    globalThis.watchedFrames = {
      intervals,
      longTasks,
      stop() {
        isOn = false;
        observer.disconnect();
      },
    };
  });
  return () =>
    page.evaluate(() => {
      const watched = globalThis.watchedFrames;
      watched?.stop();
      return { intervals: watched?.intervals.slice(1) ?? [], longTasks: watched?.longTasks ?? [] };
    });
}

/** @param share - 0.95 for the value that 95 of 100 stay below. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

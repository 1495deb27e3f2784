import type { Page } from 'playwright-core';

/** What was seen of a page while something went on. Milliseconds. */
export interface Frames {
  /** From one painted frame to the next. */
  intervals: readonly number[];
  /** Tasks of 50 ms and more on the main thread, with the time that others had the processor meanwhile. */
  longTasks: readonly number[];
  /** What the tasks of the main thread took of the processor themselves. */
  taskCpu: readonly number[];
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of its thread. */
  tdur?: number;
}

declare global {
  // Lives in the page that is measured.
  var watchedFrames: { intervals: number[]; longTasks: number[]; stop: () => void } | undefined;
}

/** Begins to watch. One watch at a time. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const stopTrace = await trace(page);
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
  return async () => {
    const seen = await page.evaluate(() => {
      const watched = globalThis.watchedFrames;
      watched?.stop();
      return { intervals: watched?.intervals.slice(1) ?? [], longTasks: watched?.longTasks ?? [] };
    });
    return { ...seen, taskCpu: await stopTrace() };
  };
}

/** Records what runs in the browser. @returns Ends it, and gives the tasks of the page's main thread. */
async function trace(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => {
      session.once('Tracing.tracingComplete', () => resolve());
    });
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const main = events.find(({ name }) => name === 'FireAnimationFrame');
    return events
      .filter(
        ({ name, pid, tid }) => name.endsWith('RunTask') && pid === main?.pid && tid === main.tid,
      )
      .map(({ tdur = 0 }) => tdur / 1000);
  };
}

/** @param share - 0.95 for the value that 95 of 100 stay below. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

import type { Runs } from './runs.ts';

/** What the worker is asked. */
export interface HighlightRequest {
  id: number;
  language: string;
  groups: readonly string[];
}

/** What it answers; `null` for a language that it does not know. */
export interface HighlightAnswer {
  id: number;
  runs: readonly Runs[] | null;
}

/** Colours the code of one block, again and again while it grows. */
export interface Highlighting {
  /** The code as it is now. What was wanted before and has not begun is passed over. */
  want: (language: string, groups: readonly string[]) => void;
  close: () => void;
}

/** Between two looks at code that grows: colours may come a little later than words. */
const PAUSE_MS = 300;

/** Longer code is shown without colours; the worker would be busy for seconds. */
const MAX_CHARACTERS = 400_000;

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (runs: HighlightAnswer['runs']) => void>();

function ask(language: string, groups: readonly string[]): Promise<HighlightAnswer['runs']> {
  worker ??= startWorker();
  const request: HighlightRequest = { id: (lastId += 1), language, groups };
  worker.postMessage(request, []);
  return new Promise((resolve) => waiting.set(request.id, resolve));
}

function startWorker(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
    waiting.get(data.id)?.(data.runs);
    waiting.delete(data.id);
  });
  started.addEventListener('error', () => {
    for (const resolve of waiting.values()) resolve(null); // Code without colours is still code.
    waiting.clear();
  });
  return started;
}

/** @param onRuns - Called with the colours of what was wanted some time ago. */
export function openHighlighting(onRuns: (runs: HighlightAnswer['runs']) => void): Highlighting {
  let wanted: (() => Promise<HighlightAnswer['runs']>) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isClosed = false;

  async function go(): Promise<void> {
    if (isBusy || isClosed || !wanted) return;
    isBusy = true;
    const next = wanted;
    wanted = null;
    const runs = await next();
    if (isClosed) return;
    onRuns(runs);
    timer = setTimeout(() => {
      isBusy = false;
      void go();
    }, PAUSE_MS);
  }

  return {
    want(language, groups) {
      if (typeof Worker === 'undefined') return;
      if (groups.reduce((sum, { length }) => sum + length, 0) > MAX_CHARACTERS) return;
      wanted = () => ask(language, groups);
      void go();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

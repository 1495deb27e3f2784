import type { HighlightAnswer, HighlightRequest } from './highlighter.ts';
import { findRuns } from './runs.ts';

// A thread of its own: colouring 1,500 lines takes longer than a frame.
globalThis.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
  const answer: HighlightAnswer = { id: data.id, runs: findRuns(data.language, data.groups) };
  globalThis.postMessage(answer, { transfer: [] });
});

import { aLongAnswer, tokensOf } from './long-answer.ts';
import { quantile, watchFrames } from './frames.ts';
import type { Place } from '../../support/place.ts';
import type { Row } from './report.ts';

const MODEL = 'anthropic/claude-haiku-4.5';
const TOKENS = 20_000;
const TOKENS_PER_SECOND = 500;
const PIECE_MS = 20;
const LIMIT_MS = 180_000;

/** One answer of 20,000 tokens, 500 a second, watched by a reader who stays at its end. */
export async function measureStreaming({ simulator, page }: Place): Promise<Row[]> {
  const tokens = tokensOf(aLongAnswer(TOKENS));
  const events = [...tokens.map(aChunk), theEnd(tokens.length), '[DONE]'];
  const bytesPerToken = events.reduce((sum, event) => sum + event.length + 8, 0) / events.length;
  simulator.script({
    match: { path: '/chat/completions' },
    respond: { events },
    dripMs: PIECE_MS,
    dripBytes: Math.round((bytesPerToken * TOKENS_PER_SECOND * PIECE_MS) / 1000),
  });
  await page.evaluate((model) => localStorage.setItem('openrouter-native:model', model), MODEL);
  await page.reload();
  await page.getByRole('textbox', { name: 'Message' }).fill('Explain queues at length.');
  await page.keyboard.press('Enter');
  await page.locator('article .markdown').waitFor();
  await page.waitForTimeout(1000); // The parser has been loaded, and the first words are there.

  const startedAt = performance.now();
  const stop = await watchFrames(page);
  // Asking by role would look through the whole page again and again, and be measured with it.
  await page.waitForFunction(
    () => !document.querySelector('[aria-label="Stop the answer"]'),
    undefined,
    { polling: 500, timeout: LIMIT_MS },
  );
  const { intervals, longTasks, taskCpu } = await stop();
  const seconds = (performance.now() - startedAt) / 1000;
  const shown = await page.locator('article').last().textContent();
  if (!shown?.includes('const v1499 = f(1499);')) throw new Error('The answer is not all there.');

  return [
    { name: 'Tokens per second that arrived', value: tokens.length / seconds, unit: '' },
    { name: 'Frames painted', value: intervals.length, unit: '' },
    { name: 'Frame, median', value: quantile(intervals, 0.5), unit: 'ms' },
    { name: 'Frame, p95', value: quantile(intervals, 0.95), unit: 'ms' },
    { name: 'Frame, p99', value: quantile(intervals, 0.99), unit: 'ms' },
    { name: 'Frame, longest', value: quantile(intervals, 1), unit: 'ms', atMost: 50 },
    { name: 'Tasks of 50 ms and more', value: longTasks.length, unit: '', atMost: 0 },
    { name: 'Longest of them', value: quantile(longTasks, 1), unit: 'ms' },
    { name: 'Longest task, its own CPU time', value: quantile(taskCpu, 1), unit: 'ms', atMost: 50 },
    {
      name: 'CPU time of the main thread per second',
      value: taskCpu.reduce((sum, ms) => sum + ms, 0) / seconds,
      unit: 'ms',
    },
  ];
}

function aChunk(content: string): string {
  return JSON.stringify({
    id: 'gen-bench',
    model: MODEL,
    provider: 'Bench',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  });
}

function theEnd(tokens: number): string {
  return JSON.stringify({
    id: 'gen-bench',
    model: MODEL,
    provider: 'Bench',
    choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
    usage: { prompt_tokens: 12, completion_tokens: tokens, cost: 0.1 },
  });
}

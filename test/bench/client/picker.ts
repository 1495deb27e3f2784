import type { Model } from '@openrouter-native/protocol';
import type { Page } from 'playwright-core';
import { quantile } from './frames.ts';
import type { Place } from '../../support/place.ts';
import type { Row } from './report.ts';

const MODELS = 1000;
const QUERIES = ['sonnet', 'gpt 5 mini', 'claude opus', 'gemni flash', 'qwen/qwen3'];
const THROTTLED = 4;

declare global {
  // Lives in the page that is measured.
  var reactions: number[] | undefined;
}

/** A picker with a thousand models: how long after a press its results are painted. */
export async function measurePicker({ page }: Place): Promise<Row[]> {
  await page.route('**/api/openrouter/models', async (route) => {
    const response = await route.fetch();
    const { data } = (await response.json()) as { data: Model[] };
    await route.fulfill({ response, json: { data: grown(data, MODELS) } });
  });
  await page.reload();
  const shown = await openPicker(page);
  if (shown < MODELS * 0.75) throw new Error(`Only ${shown} models are offered.`);
  await page.keyboard.press('Escape');

  const openings = await reactionsTo(page, 'click', async () => {
    for (let round = 0; round < 10; round += 1) {
      await page.getByRole('button', { name: /^Model:/ }).click();
      await page.getByRole('combobox', { name: 'Search models' }).waitFor();
      await page.waitForTimeout(150);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
    }
  });
  await openPicker(page);
  const rows = await page.getByRole('listbox', { name: 'Models' }).getByRole('option').count();
  const keys = await reactionsTo(page, 'keydown', () => typeAll(page));
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLED });
  const slowKeys = await reactionsTo(page, 'keydown', () => typeAll(page));
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });

  return [
    { name: 'Models offered', value: shown, unit: '' },
    { name: 'Rows in the page', value: rows, unit: '' },
    { name: 'Click to painted dialog, median', value: quantile(openings, 0.5), unit: 'ms' },
    { name: 'Key to painted results, median', value: quantile(keys, 0.5), unit: 'ms' },
    { name: 'Key to painted results, p95', value: quantile(keys, 0.95), unit: 'ms', atMost: 16 },
    {
      name: `Key to painted results at ${THROTTLED} × throttle, p95`,
      value: quantile(slowKeys, 0.95),
      unit: 'ms',
      atMost: 50,
    },
  ];
}

/** @returns how many models it offers. */
async function openPicker(page: Page): Promise<number> {
  await page.getByRole('button', { name: /^Model:/ }).click();
  const options = page.getByRole('listbox', { name: 'Models' }).getByRole('option');
  return Number(await options.first().getAttribute('aria-setsize'));
}

async function typeAll(page: Page): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Search models' });
  for (const query of QUERIES) {
    await search.fill('');
    await page.waitForTimeout(200); // What the empty field brings back is drawn before the first key.
    await search.pressSequentially(query, { delay: 80 });
  }
}

/**
 * How long the page works after each event of a kind until it has painted, in milliseconds: handlers,
 * rendering, layout and paint. The wait for the next frame of the display is left out, since nobody
 * works in it.
 */
async function reactionsTo(
  page: Page,
  kind: 'click' | 'keydown',
  act: () => Promise<void>,
): Promise<number[]> {
  await page.evaluate((type) => {
    const reactions: number[] = [];
    globalThis.reactions = reactions;
    const isCurrent = () => globalThis.reactions === reactions;
    const onEvent = () => {
      if (!isCurrent()) return;
      const startedAt = performance.now();
      // Runs when the handlers of this event and of the input it causes are done.
      setTimeout(() => {
        const handledMs = performance.now() - startedAt;
        requestAnimationFrame(() => {
          const frameAt = performance.now();
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => {
            reactions.push(handledMs + performance.now() - frameAt);
          });
          port1.start();
          port2.postMessage(null); // Comes back once the frame is painted.
        });
      });
    };
    document.addEventListener(type, onEvent, true);
  }, kind);
  await act();
  return page.evaluate(() => globalThis.reactions ?? []);
}

/** The catalogue, repeated under other names until it is long enough. */
function grown(models: readonly Model[], count: number): Model[] {
  return Array.from({ length: count }, (_, index) => {
    const model = models[index % models.length] as Model;
    const round = Math.floor(index / models.length);
    if (round === 0) return model;
    const [author, slug] = model.id.split('/', 2);
    return { ...model, id: `${author}/x${round}-${slug}`, name: `${model.name} X${round}` };
  });
}

import { silentLogger } from '@openrouter-native/openrouter';
import type { MessageProgress } from '../database/messages.ts';
import type { RunRecord } from '../runs/run.ts';
import { createRecorder } from './recorder.ts';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const text = (piece: string): RunRecord => ({ type: 'text-delta', text: piece });
const stepStart = (step: number): RunRecord => ({ type: 'step-start', step });
const stepFinish = (step: number): RunRecord => ({
  type: 'step-finish',
  step,
  ending: 'tool_calls',
  finishReason: 'tool_calls',
  usage: null,
  trace: null,
});

/** A recorder over a row whose writes can be made to fail, or to find it taken. */
function aRecorder(before: Partial<MessageProgress> = {}) {
  const written: (MessageProgress & { at: number })[] = [];
  const row = { fails: false, isTaken: false, takesMs: 0 };
  const onLost = jest.fn();
  const recorder = createRecorder(
    {
      messageId: 'm',
      before: { content: [], steps: [], annotations: [], ...before },
      firstContentMs: before.firstContentMs ?? null,
      durationMs: before.durationMs ?? null,
    },
    {
      messages: {
        async progress(_id, progress) {
          if (row.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, row.takesMs));
          if (row.fails) throw new Error('The database is away');
          if (!row.isTaken) written.push({ ...progress, at: Date.now() });
          return !row.isTaken;
        },
      },
      onLost,
      now: Date.now,
      logger: silentLogger,
    },
  );
  return { recorder, written, row, onLost };
}

it('writes the first words at once, and then once a second what has come', async () => {
  const { recorder, written } = aRecorder();

  recorder.take(stepStart(0));
  for (let time = 0; time < 3100; time += 100) {
    recorder.take(text(`${time} `));
    await pass(100);
  }

  expect(written.map(({ at }) => at)).toEqual([0, 1000, 2000, 3000]);
  expect(written[1]?.text).toMatch(/^0 100 .* 900 $/);
  recorder.close();
});

it('writes the end of a step and of a tool call without waiting, after a write under way', async () => {
  const { recorder, written, row } = aRecorder();
  row.takesMs = 20;
  recorder.take(stepStart(0));
  await pass(0);

  recorder.take(text('a'));
  recorder.take(stepFinish(0));
  await pass(100);

  expect(written).toHaveLength(2);
  expect(written[1]).toMatchObject({ text: 'a', steps: [{ step: 0, ending: 'tool_calls' }] });
  recorder.close();
});

it('keeps the thoughts of each step with the step, as they came', async () => {
  const kept = [{ type: 'reasoning.text', text: 'before', signature: 's' }];
  const step = { generation_id: 'gen-1', model: null, provider: null, finish_reason: null };
  const first = { ...step, step: 0, ending: null, usage: null, trace: null };
  const { recorder, written } = aRecorder({ steps: [{ ...first, reasoning_details: kept }] });

  recorder.take(stepStart(1));
  recorder.take({ type: 'reasoning-details', details: [{ type: 'reasoning.text', text: 'a' }] });
  recorder.take({ type: 'reasoning-details', details: [{ type: 'reasoning.text', text: 'ab' }] });
  await recorder.finish('complete');

  expect(written.at(-1)?.steps).toMatchObject([
    { step: 0, generation_id: 'gen-1', reasoning_details: kept },
    { step: 1, reasoning_details: [{ type: 'reasoning.text', text: 'ab' }] },
  ]);
});

it('renews the lease while nothing comes', async () => {
  const { recorder, written } = aRecorder();

  await pass(60_000);

  expect(written.length).toBeGreaterThanOrEqual(10);
  for (const { leaseUntil, at } of written) expect(leaseUntil?.getTime()).toBe(at + 30_000);
  recorder.close();
});

it('tells how long it took to the first content and to the end, over all runs', async () => {
  const fresh = aRecorder();
  const resumed = aRecorder({ firstContentMs: 700, durationMs: 5000 });
  for (const { recorder } of [fresh, resumed]) recorder.take(stepStart(0));
  await pass(300);
  for (const { recorder } of [fresh, resumed]) recorder.take(text('a'));
  await pass(2000);
  await Promise.all([fresh.recorder.finish('complete'), resumed.recorder.finish('complete')]);

  expect(fresh.written[0]).toMatchObject({ firstContentMs: null, durationMs: null });
  expect(fresh.written.at(-1)).toMatchObject({ firstContentMs: 300, durationMs: 2300 });
  expect(resumed.written.at(-1)).toMatchObject({ firstContentMs: 700, durationMs: 7300 });
});

it('writes later what the database did not take', async () => {
  const { recorder, written, row } = aRecorder();
  row.fails = true;
  recorder.take(text('a'));
  await pass(2500);
  expect(written).toEqual([]);

  row.fails = false;
  await pass(1000);

  expect(written).toMatchObject([{ text: 'a', ending: null }]);
  recorder.close();
});

it('tells once that the answer is not ours any more, and writes nothing then', async () => {
  const { recorder, written, row, onLost } = aRecorder();
  row.isTaken = true;

  recorder.take(text('a'));
  await pass(5000);
  recorder.take(text('b'));
  const finished = await recorder.finish('complete');

  expect(onLost).toHaveBeenCalledTimes(1);
  expect(finished).toBe(false);
  expect(written).toEqual([]);
});

it('tries the end again until the database is back', async () => {
  const { recorder, written, row } = aRecorder();
  recorder.take(text('a'));
  row.fails = true;
  const finished = recorder.finish('stopped');
  await pass(8000);
  row.fails = false;
  await pass(3000);

  expect(await finished).toBe(true);
  expect(written.at(-1)).toMatchObject({ text: 'a', ending: 'stopped', leaseUntil: null });
  const count = written.length;
  await pass(60_000);
  expect(written).toHaveLength(count);
});

it('gives up on the end before others may take the answer for abandoned', async () => {
  const { recorder, row } = aRecorder();
  row.fails = true;
  const finished = recorder.finish('complete');
  const failed = expect(finished).rejects.toThrow('The database is away');

  await pass(25_000);

  await failed;
});

import { collect } from '../testing/async.ts';
import { IdleError, readBody } from './body.ts';

it('gives up on a stream that falls silent, and closes it', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Uint8Array.of(1)),
    cancel: () => {
      cancelled = true;
    },
  });
  const seen: Uint8Array[] = [];

  const reading = (async () => {
    for await (const piece of readBody(body, 20)) seen.push(piece);
  })();

  await expect(reading).rejects.toBeInstanceOf(IdleError);
  expect(seen).toEqual([Uint8Array.of(1)]);
  expect(cancelled).toBe(true);
});

it('waits as long as bytes keep coming', async () => {
  let left = 4;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      left -= 1;
      if (left === 0) controller.close();
      else controller.enqueue(Uint8Array.of(left));
    },
  });

  expect(await collect(readBody(body, 40))).toHaveLength(3);
});

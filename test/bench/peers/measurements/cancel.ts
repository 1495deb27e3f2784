import { setTimeout as sleep } from 'node:timers/promises';
import type { Round } from './measurement.ts';

export const CANCEL_MS = 'cancel ms';

/** From here on upstream goes on working for nobody. */
export const CANCEL_LIMIT_MS = 1_000;
const POLL_MS = 5;

let streams = 0;

/** From the reader's leaving until upstream sees its connection closed. */
export const measureCancel: Round = async ({ contestants, load, samples, upstreamPort }) => {
  for (const { name, pid, ask } of contestants) {
    if (pid === null) continue;
    const number = ++streams;
    const script = { name: `silent_${number}`, stream: true, tokens: 0 };
    const leftAt = await load.leave({ question: ask(script) });
    samples.add(CANCEL_MS, name, await givenUpAfter(upstreamPort, number, leftAt));
  }
};

/** @returns Milliseconds; Infinity when upstream is not told in time. */
async function givenUpAfter(port: number, number: number, leftAt: number): Promise<number> {
  const deadline = performance.now() + CANCEL_LIMIT_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/given-up-at/${number}`);
    const at = (await answer.json()) as number | null;
    if (at !== null) return at - leftAt;
    await sleep(POLL_MS);
  }
  return Infinity;
}

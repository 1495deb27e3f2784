import { residentMebibytes } from '../process-usage.ts';
import { jsonAnswer, streamedAnswer, type Place } from './measurement.ts';

export const RESIDENT = 'resident MiB';
export const GROWTH = 'growth MiB';
export const REQUESTS = 'requests';

const SLICES = 10;
const JSON_ANSWERS = 9_000;
const STREAMS = 1_000;
const CONNECTIONS = 32;
const LIMIT_MS = 40_000;

/** What 100,000 answers leave behind, nine of ten as JSON, or as many as there is time for. */
export async function measureMemory({ contestants, load, samples }: Place): Promise<void> {
  for (const contestant of contestants) {
    const { name, pid, ask } = contestant;
    if (pid === null) continue;
    await contestant.renew();
    const before = residentMebibytes(pid);
    const deadline = performance.now() + LIMIT_MS;
    let answered = 0;
    for (let slice = 0; slice < SLICES; slice += 1) {
      for (const [script, requests] of [
        [jsonAnswer, JSON_ANSWERS],
        [streamedAnswer, STREAMS],
      ] as const) {
        const limitMs = Math.max(0, deadline - performance.now());
        const flood = { question: ask(script), connections: CONNECTIONS, requests, limitMs };
        answered += (await load.flood(flood)).requests;
      }
    }
    samples.add(REQUESTS, name, answered);
    samples.add(RESIDENT, name, residentMebibytes(pid));
    samples.add(GROWTH, name, residentMebibytes(pid) - before);
  }
}

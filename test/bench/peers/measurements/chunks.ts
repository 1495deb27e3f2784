import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from '../process-usage.ts';
import type { Round } from './measurement.ts';

export const CPU_PER_CHUNK = 'CPU per chunk';
/** Of one or more chunks together. */
export const CPU_PER_WRITE = 'CPU per write';
export const CHUNKS_PER_SECOND = 'chunks per second';
/** Above 1 where several chunks arrived together: what is written at once costs less. */
export const CHUNKS_PER_READ = 'chunks per read';

const READERS = 300;
const SETTLE_MS = 400;
const WINDOW_MS = 1_500;

/** Many answers at the pace of a model: what one chunk costs on its way through. */
export const measureChunks: Round = async ({ contestants, load, samples, upstreamPort }) => {
  const paced = { name: 'paced', stream: true, tokens: 0 };
  for (const { name, pid, ask } of contestants) {
    if (pid === null) continue;
    await load.openReaders({ question: ask(paced), readers: READERS });
    await sleep(SETTLE_MS);
    const [cpu, before, start] = [cpuSeconds(pid), await load.countTokens(null), performance.now()];
    await sleep(WINDOW_MS);
    const seconds = cpuSeconds(pid) - cpu;
    const after = await load.countTokens(null);
    const chunks = after.tokens - before.tokens;
    const reads = after.reads - before.reads;
    samples.add(CPU_PER_CHUNK, name, seconds / chunks);
    samples.add(CPU_PER_WRITE, name, seconds / reads);
    samples.add(CHUNKS_PER_SECOND, name, (chunks * 1000) / (performance.now() - start));
    samples.add(CHUNKS_PER_READ, name, chunks / reads);
    await load.closeReaders(null);
    await fetch(`http://127.0.0.1:${upstreamPort}/end-paced`);
    await sleep(SETTLE_MS); // Whatever leaving costs is not the next one's to pay.
  }
};

import { cpuSeconds } from '../process-usage.ts';
import { jsonAnswer, streamedAnswer, type Round } from './measurement.ts';

export const JSON_PER_SECOND = 'JSON per second';
export const STREAMS_PER_SECOND = 'streams per second';
export const CPU_PER_JSON = 'CPU per JSON';
export const CPU_PER_STREAM = 'CPU per stream';

const CONNECTIONS = 32;
const LIMIT_MS = 900;

/** As many answers as the contestant can give. */
export const measureThroughput: Round = async ({ contestants, load, samples }) => {
  for (const [script, perSecond, cpuPerAnswer] of [
    [jsonAnswer, JSON_PER_SECOND, CPU_PER_JSON],
    [streamedAnswer, STREAMS_PER_SECOND, CPU_PER_STREAM],
  ] as const) {
    for (const { name, pid, ask } of contestants) {
      const before = pid === null ? 0 : cpuSeconds(pid);
      const { requests, seconds } = await load.flood({
        question: ask(script),
        connections: CONNECTIONS,
        requests: Number.MAX_SAFE_INTEGER,
        limitMs: LIMIT_MS,
      });
      samples.add(perSecond, name, requests / seconds);
      if (pid !== null) samples.add(cpuPerAnswer, name, (cpuSeconds(pid) - before) / requests);
    }
  }
};

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { READERS, type Soak } from './soak.ts';

const seconds = Number(process.env.SOAK_SECONDS ?? 30);
const MEBIBYTE = 1024 * 1024;

it(
  `${READERS} readers for ${seconds} s, a third of whom leave, with an upstream that fails now and then: all end once, nothing is left`,
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      '--conditions=@openrouter-native/source',
      join(import.meta.dirname, 'soak-run.ts'),
      String(seconds),
    ]);
    const soak = JSON.parse(stdout) as Soak;
    const { counts, before, after } = soak;

    expect(counts.wrong).toEqual([]);
    expect(counts.complete + counts.failed + counts.left).toBe(counts.asked);
    expect(soak.records).toBe(counts.asked);
    expect(counts.asked).toBeGreaterThan(seconds * 20);
    expect(counts.left / counts.asked).toBeGreaterThan(0.2);
    expect(counts.complete / counts.asked).toBeGreaterThan(0.4);
    expect(counts.failed).toBeGreaterThan(counts.asked * 0.01);
    expect([before.running, after.running]).toEqual([0, 0]);
    expect(after.heapBytes - before.heapBytes).toBeLessThan(4 * MEBIBYTE);
    expect(after.timers).toBeLessThanOrEqual(before.timers + 10);
    expect(after.sockets).toBeLessThanOrEqual(READERS);
    expect(soak.socketsAtTheEnd).toBe(0);
  },
  (seconds + 60) * 1_000,
);
